import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listStaff } from '../api/staff.js';
import { isUuid, randomUuid } from '../elements/random-uuid.js';
import { useWearerName } from './use-wearer-name.js';
import { wearerChoices } from './wearer-choices.js';

interface WearerFieldProps {
  readonly value?: string | null;
  readonly onChange?: (wearerId: string | null) => void;
  readonly id?: string;
}

/** A member of staff by name, anybody by an id that is pasted, or somebody new; empty: nobody. */
export function WearerField({ value = null, onChange, id }: WearerFieldProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [newcomer] = useState(randomUuid);
  const words = useDeferredValue(typed.trim());
  const found = useQuery({ queryKey: ['staff', 'named', words], queryFn: () => listStaff({ q: words, limit: 20 }), enabled: words !== '' && !isUuid(words) });
  const name = useWearerName(value === newcomer ? null : value); // nobody has that id yet
  const people = (found.data?.items ?? []).map(({ staffId, name: person, post }) => ({ value: staffId, label: `${person} · ${post}` }));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('devices.wearerHint')}
      loading={found.isFetching}
      options={wearerChoices({ people, words, value, name, newcomer: { value: newcomer, label: t('devices.wearerNew') } })}
      value={value}
      onChange={(chosen: string | null | undefined) => {
        setTyped('');
        onChange?.(chosen ?? null);
      }}
      data-testid="device-wearer"
    />
  );
}
