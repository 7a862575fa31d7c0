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

/** Whom the list offers. Who is chosen stays in it, under a name rather than an id, but never before what is looked for. */
function choices({ people, words, value, name, newcomer }: Offered): Choice[] {
  if (isUuid(words)) return [{ value: words.toLowerCase(), label: words.toLowerCase() }];
  if (words !== '') return [...people];
  if (value === null || value === newcomer.value) return [newcomer];
  return [{ value, label: name ?? value }, newcomer];
}
