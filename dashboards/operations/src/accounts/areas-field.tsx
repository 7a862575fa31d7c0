import { Button, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAreaNames } from '../areas/use-area-names.js';
import { AreaField } from '../elements/area-field.js';

interface AreasFieldProps {
  readonly value?: readonly string[];
  readonly onChange?: (value: readonly string[]) => void;
  readonly id?: string;
}

/** Several areas: one is written or chosen, and added. */
export function AreasField({ value = [], onChange, id }: AreasFieldProps): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const [next, setNext] = useState<string | undefined>();
  const add = (): void => {
    if (next !== undefined && !value.includes(next)) onChange?.([...value, next]);
    setNext(undefined);
  };
  return (
    <div className="account-areas" data-testid="account-areas">
      {value.map((code) => (
        <Tag key={code} closable closeIcon={<span role="img" aria-label={`${t('accounts.removeArea')} ${code}`}>×</span>} onClose={() => onChange?.(value.filter((one) => one !== code))}>
          {code === '*' ? t('shell.allAreas') : `${areas.label(code)} ${code}`}
        </Tag>
      ))}
      <div className="account-area-next">
        <div style={{ flex: 1 }}><AreaField {...(id === undefined ? {} : { id })} {...(next === undefined ? {} : { value: next })} onChange={setNext} /></div>
        <Button onClick={add} disabled={next === undefined} data-testid="account-area-add">{t('accounts.addArea')}</Button>
      </div>
    </div>
  );
}
