import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listStaffNames } from '../api/staff.js';

interface StaffFieldProps {
  readonly value?: string | null;
  readonly onChange?: (value: string | null) => void;
  readonly id?: string;
}

/** The person an account speaks for, found by name. */
export function StaffField({ value, onChange, id }: StaffFieldProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim());
  const found = useQuery({ queryKey: ['account-staff', words], queryFn: () => listStaffNames({ q: words, limit: 20 }), enabled: words !== '' });
  const people = found.data?.items ?? [];
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('accounts.staffHint')}
      notFoundContent={words === '' ? t('accounts.staffHint') : t('staff.empty')}
      loading={found.isFetching}
      options={people.map(({ staffId, name, post }) => ({ value: staffId, label: `${name} · ${post}` }))}
      value={value ?? null}
      onChange={(chosen: string | null | undefined) => onChange?.(chosen ?? null)}
    />
  );
}
