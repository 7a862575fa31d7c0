import { AutoComplete } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortName } from '../areas/area-label.js';
import { useBoundaries } from '../areas/areas.queries.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { useScopes } from '../areas/use-scopes.js';

interface AreaFieldProps {
  readonly value?: string;
  readonly onChange?: (value: string | undefined) => void;
  readonly id?: string;
}

/** An area by its code, down to the household, or chosen by the name of a street or community. */
export function AreaField({ value, onChange, id }: AreaFieldProps): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const scopes = useScopes();
  const streets = useBoundaries(scopes, 'street').data;
  const communities = useBoundaries(scopes, 'community').data;
  const options = useMemo(
    () =>
      [...(streets?.features ?? []), ...(communities?.features ?? [])]
        .map(({ properties: { code, name } }) => ({ value: code, label: `${shortName(name)} ${code}` }))
        .sort((a, b) => (a.value < b.value ? -1 : 1)),
    [streets, communities],
  );
  return (
    <>
      <AutoComplete
        {...(id === undefined ? {} : { id })}
        allowClear
        options={options}
        showSearch={{ filterOption: (typed, option) => option?.label.includes(typed) ?? false }}
        placeholder={t('cases.chooseFirst')}
        value={value ?? ''}
        onChange={(typed: string | undefined) => onChange?.(typed === '' ? undefined : typed)}
        data-testid="area-field"
      />
      {value !== undefined && <small className="muted">{areas.label(value)}</small>}
    </>
  );
}
