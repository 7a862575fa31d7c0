import type { Account } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changesSince, type AccountChange } from './account-form.js';

/** Field by field, as it was and as it is. */
export function AccountChanges({ before, now }: { readonly before: Account; readonly now: Account }): ReactNode {
  const { t } = useTranslation();
  const changes = changesSince(before, now);
  if (changes.length === 0) return <p>{t('accounts.onlyPassword')}</p>;
  return <ul className="account-changes">{changes.map((change) => <Change key={change.field} change={change} />)}</ul>;
}

function Change({ change: { field, before, now } }: { readonly change: AccountChange }): ReactNode {
  const { t } = useTranslation();
  const words = (value: AccountChange['now']): string => {
    if (typeof value === 'boolean') return t(value ? 'shell.yes' : 'shell.no');
    if (value === null || typeof value === 'string') return value ?? '—';
    return value.map((one) => (field === 'roles' ? t(`field.role-${one}`) : one)).join('、') || '—';
  };
  return <li><strong>{t(`accounts.field-${field}`)}</strong> <del>{words(before)}</del> → <ins>{words(now)}</ins></li>;
}
