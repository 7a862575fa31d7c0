import { Select } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortName } from '../areas/area-label.js';
import { useBoundaries } from '../areas/areas.queries.js';
import { useScopes } from '../areas/use-scopes.js';

interface AreaPickerProps {
  readonly value: string | null;
  readonly onChange: (code: string | null) => void;
  readonly size?: 'small' | 'middle';
  readonly placeholder?: string;
}

/** Streets with their communities: the map's filter for the keyboard. */
export function AreaPicker({ value, onChange, size = 'small', placeholder }: AreaPickerProps): ReactNode {
  const { t } = useTranslation();
  const options = useAreaOptions();
  return (
    <Select
      allowClear
      size={size}
      style={{ width: '100%' }}
      showSearch={{ optionFilterProp: 'search' }}
      value={value}
      options={options}
      placeholder={placeholder ?? t('shell.allAreas')}
      aria-label={t('field.area')}
      onChange={(code: string | undefined) => onChange(code ?? null)}
    />
  );
}

interface AreaOption {
  readonly value: string;
  readonly label: ReactNode;
  readonly search: string;
}

function useAreaOptions(): AreaOption[] {
  const scopes = useScopes();
  const streets = useBoundaries(scopes, 'street').data;
  const communities = useBoundaries(scopes, 'community').data;
  return useMemo(() => {
    const features = [...(streets?.features ?? []), ...(communities?.features ?? [])];
    return features
      .map(({ properties: { code, name } }) => ({
        value: code,
        label: code.length === 9 ? <strong>{shortName(name)}</strong> : <span style={{ paddingInlineStart: '0.75rem' }}>{shortName(name)}</span>,
        search: `${name} ${code}`,
      }))
      .sort((a, b) => (a.value < b.value ? -1 : 1));
  }, [streets, communities]);
}
