import { Checkbox } from 'antd';
import { ROLES, type Role } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { separatedFrom } from './account-form.js';

interface RolesFieldProps {
  readonly value?: readonly Role[];
  readonly onChange?: (value: readonly Role[]) => void;
  readonly disabled?: boolean;
}

/** What no account may hold together cannot be chosen together, and it says why. */
export function RolesField({ value = [], onChange, disabled = false }: RolesFieldProps): ReactNode {
  const { t } = useTranslation();
  const refused = separatedFrom(value);
  const options = ROLES.map((role) => ({ value: role, label: t(`field.role-${role}`), disabled: refused.includes(role), title: refused.includes(role) ? t('error.ROLES_NOT_SEPARATED') : '' }));
  return (
    <>
      <Checkbox.Group className="account-roles" disabled={disabled} options={options} value={[...value]} onChange={(chosen) => onChange?.(chosen)} data-testid="account-roles" />
      {refused.length > 0 && <small className="muted" data-testid="account-separated">{t('error.ROLES_NOT_SEPARATED')}</small>}
    </>
  );
}
