import { App } from 'antd';
import type { Account } from '@brain/contracts';
import { useTranslation } from 'react-i18next';
import { getAccount, resetPassword, setAccountDisabled } from '../api/accounts.js';
import { problemOf } from '../api/api-error.js';
import { useProblemText } from '../elements/problem-text.js';
import { AccountChanges } from './account-changes.js';
import type { ShownOnce } from './one-time-password.js';

export interface AccountCommands {
  readonly disable: (account: Account) => void;
  readonly enable: (account: Account) => void;
  readonly reset: (account: Account) => void;
}

/** Each after a question. Who was overtaken by somebody else sees what that one did, and nothing is changed. */
export function useAccountCommands(reload: () => void, onPassword: (shown: ShownOnce) => void): AccountCommands {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const text = useProblemText();

  const refused = async (account: Account, error: unknown): Promise<void> => {
    const now = problemOf(error).code === 'REVISION_STALE' ? await getAccount(account.accountId).catch(() => undefined) : undefined;
    if (now === undefined) void message.error(text(error));
    else void modal.warning({ title: t('accounts.conflict'), content: <AccountChanges before={account} now={now} />, okText: t('shell.confirm') });
  };
  const ask = (account: Account, what: 'disable' | 'enable' | 'reset', work: () => Promise<void>): void =>
    void modal.confirm({
      title: `${t(`accounts.${what}`)} · ${account.username}`,
      content: t(`accounts.sure-${what}`, { name: account.name }),
      okText: t(`accounts.${what}`),
      okButtonProps: { danger: what !== 'enable' },
      onOk: async () => {
        try {
          await work();
        } catch (error) {
          await refused(account, error);
        }
        reload();
      },
    });
  return {
    disable: (account) => ask(account, 'disable', () => setAccountDisabled(account, true)),
    enable: (account) => ask(account, 'enable', () => setAccountDisabled(account, false)),
    reset: (account) => ask(account, 'reset', async () => onPassword({ username: account.username, password: await resetPassword(account) })),
  };
}
