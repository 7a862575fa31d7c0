import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listStaff } from '../api/staff.js';
import { isUuid, randomUuid } from '../elements/random-uuid.js';
import { useWearerName } from './use-wearer-name.js';

interface WearerFieldProps {
  readonly value?: string | null;
  readonly onChange?: (wearerId: string | null) => void;
  readonly id?: string;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A member of staff by name, anybody by an id that is pasted, or somebody new; empty: nobody. */
export function WearerField({ value = null, onChange, id }: WearerFieldProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [newcomer] = useState(randomUuid);
  const words = useDeferredValue(typed.trim());
  const found = useQuery({ queryKey: ['staff', 'named', words], queryFn: () => listStaff({ q: words, limit: 20 }), enabled: words !== '' && !isUuid(words) });
  const name = useWearerName(value);
  const people = (found.data?.items ?? []).map(({ staffId, name: person, post }) => ({ value: staffId, label: `${person} · ${post}` }));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('devices.wearerHint')}
      loading={found.isFetching}
      options={choices({ people, words, value, name, newcomer: { value: newcomer, label: t('devices.wearerNew') } })}
      value={value}
      onChange={(chosen: string | null | undefined) => {
        setTyped('');
        onChange?.(chosen ?? null);
      }}
      data-testid="device-wearer"
    />
  );
}

interface Offered {
  readonly people: readonly Choice[];
  readonly words: string;
  readonly value: string | null;
  readonly name: string | null;
  readonly newcomer: Choice;
}

/** Whom the list offers. Who is chosen stays in it, under a name rather than an id. */
function choices({ people, words, value, name, newcomer }: Offered): Choice[] {
  const pasted = isUuid(words) ? [{ value: words.toLowerCase(), label: words.toLowerCase() }] : [];
  const offered = [...people, ...pasted, ...(words === '' ? [newcomer] : [])];
  if (value === null || (words !== '' && offered.some((one) => one.value === value))) return offered;
  const chosen = { value, label: value === newcomer.value ? newcomer.label : (name ?? value) };
  return [chosen, ...offered.filter((one) => one.value !== value)];
}
