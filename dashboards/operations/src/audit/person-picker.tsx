import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listStaff } from '../api/staff.js';
import { useActorName } from '../elements/use-actor-name.js';

interface PersonPickerProps {
  readonly value?: string;
  readonly onChange?: (person: string | undefined) => void;
}

/** A person of the register by name, or anybody by an id that is pasted. */
export function PersonPicker({ value, onChange }: PersonPickerProps): ReactNode {
  const { t } = useTranslation();
  const actorName = useActorName();
  const [typed, setTyped] = useState('');
  const q = typed.trim();
  const found = useQuery({ queryKey: ['staff', 'named', q], queryFn: () => listStaff({ q, limit: 20 }), enabled: q !== '' });
  const people = (found.data?.items ?? []).map(({ staffId, name, post }) => ({ value: staffId, label: `${name} · ${post}` }));
  const pasted = /^[\w:-]{8,}$/.test(q) ? [{ value: q, label: q }] : [];
  const chosen = value === undefined || people.some((one) => one.value === value) ? [] : [{ value, label: actorName({ type: 'user', id: value }) }];
  return (
    <Select
      allowClear
      style={{ width: '11rem' }}
      placeholder={t('audit.person')}
      aria-label={t('audit.person')}
      value={value}
      loading={found.isFetching}
      notFoundContent={null}
      options={[...people, ...pasted, ...(q === '' ? chosen : [])]}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(person: string | undefined) => {
        setTyped('');
        onChange?.(person);
      }}
    />
  );
}
