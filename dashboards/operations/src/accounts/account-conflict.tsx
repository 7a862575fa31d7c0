import { Alert, Button, Space } from 'antd';
import type { Account } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountChanges } from './account-changes.js';

interface AccountConflictProps {
  readonly before: Account;
  readonly now: Account;
  readonly onTake: () => void;
  readonly onKeep: () => void;
}

/** Two changed the account at once: what the other one did, and what to do about it. */
export function AccountConflict({ before, now, onTake, onKeep }: AccountConflictProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning" showIcon title={t('accounts.conflict')} data-testid="account-conflict" style={{ marginBottom: '1rem' }}
      description={
        <>
          <AccountChanges before={before} now={now} />
          <Space wrap>
            <Button size="small" onClick={onTake} data-testid="account-take">{t('accounts.takeTheirs')}</Button>
            <Button size="small" onClick={onKeep} data-testid="account-keep">{t('accounts.keepMine')}</Button>
          </Space>
        </>
      }
    />
  );
}
