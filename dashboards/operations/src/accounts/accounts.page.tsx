import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Space, Table, type TableColumnsType } from 'antd';
import { ROLES, type Account, type Role } from '@brain/contracts';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listAccounts } from '../api/accounts.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { Failure } from '../elements/failure.js';
import { useUser } from '../session/use-user.js';
import { useTimeFormat } from '../time/format.js';
import { AccountEditor } from './account-editor.js';
import { matches } from './account-form.js';
import './accounts.css';
import { OneTimePassword, type ShownOnce } from './one-time-password.js';
import { useAccountCommands, type AccountCommands } from './use-account-commands.js';

export default function AccountsPage(): ReactNode {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Account | 'new' | null>(null);
  const [shown, setShown] = useState<ShownOnce | null>(null);
  const [words, setWords] = useState('');
  const [role, setRole] = useState<Role | null>(null);
  const found = useQuery({ queryKey: ['accounts'], queryFn: listAccounts });
  const reload = (): void => void found.refetch();
  const columns = useColumns(setEditing, useAccountCommands(reload, setShown));
  const accounts = useMemo(
    () => (found.data ?? []).filter((account) => matches(account, words.trim(), (one) => t(`field.role-${one}`)) && (role === null || account.roles.includes(role))),
    [found.data, words, role, t],
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.accounts')}</h1>
        <Input.Search allowClear style={{ width: '16rem' }} placeholder={t('accounts.search')} aria-label={t('accounts.search')} value={words} onChange={({ target }) => setWords(target.value)} data-testid="account-search" />
        <Select<Role | null> allowClear style={{ width: '11rem' }} placeholder={t('accounts.field-roles')} aria-label={t('accounts.field-roles')} value={role} options={ROLES.map((value) => ({ value, label: t(`field.role-${value}`) }))} onChange={(chosen) => setRole(chosen ?? null)} />
        <span style={{ flex: 1 }} />
        <Button type="primary" icon={<PlusOutlined />} data-testid="account-new" onClick={() => setEditing('new')}>{t('accounts.new')}</Button>
      </div>
      {found.error === null ? (
        <Table<Account>
          size="small" rowKey="accountId" columns={columns} dataSource={accounts} loading={found.isLoading} scroll={{ x: 'max-content' }} data-testid="account-table"
          pagination={{ defaultPageSize: 20, hideOnSinglePage: true, showSizeChanger: true, showTotal: (count) => t('accounts.count', { count }) }}
          locale={{ emptyText: t(found.data?.length === 0 ? 'accounts.none' : 'accounts.empty') }}
          rowClassName={({ disabled }) => (disabled ? 'account-disabled' : '')}
        />
      ) : (
        <Failure error={found.error} onRetry={reload} />
      )}
      <AccountEditor editing={editing} onClose={() => setEditing(null)} onSaved={reload} onCreated={setShown} />
      <OneTimePassword shown={shown} onClose={() => setShown(null)} />
    </div>
  );
}

function useColumns(edit: (account: Account) => void, commands: AccountCommands): TableColumnsType<Account> {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const user = useUser();
  const { dateTime } = useTimeFormat();
  const areaName = (code: string): string => (code === '*' ? t('shell.allAreas') : areas.label(code));
  return [
    { title: t('accounts.username'), dataIndex: 'username', sorter: (a, b) => a.username.localeCompare(b.username), render: (_, { username }) => <strong>{username}</strong> },
    { title: t('accounts.field-name'), dataIndex: 'name' },
    { title: t('accounts.field-roles'), render: (_, { roles }) => roles.map((role) => <span key={role} className="chip" style={{ marginInlineEnd: '0.25rem' }}>{t(`field.role-${role}`)}</span>) },
    { title: t('accounts.field-areaCodes'), className: 'account-area-list', render: (_, { areaCodes }) => areaCodes.map(areaName).join('、') || '—' },
    { title: t('accounts.state'), render: (_, account) => <State account={account} /> },
    { title: t('accounts.createdAt'), className: 'numbers', render: (_, { createdAt }) => dateTime(createdAt) },
    {
      render: (_, account) => (
        <Space>
          <Button size="small" aria-label={`${t('accounts.change')} ${account.username}`} onClick={() => edit(account)}>{t('accounts.change')}</Button>
          {account.accountId !== user.id && account.issuer === null && <Button size="small" aria-label={`${t('accounts.reset')} ${account.username}`} onClick={() => commands.reset(account)}>{t('accounts.reset')}</Button>}
          {account.accountId !== user.id && <Toggle account={account} commands={commands} />}
        </Space>
      ),
    },
  ];
}

function Toggle({ account, commands }: { readonly account: Account; readonly commands: AccountCommands }): ReactNode {
  const { t } = useTranslation();
  const what = account.disabled ? 'enable' : 'disable';
  return <Button size="small" danger={!account.disabled} aria-label={`${t(`accounts.${what}`)} ${account.username}`} onClick={() => commands[what](account)}>{t(`accounts.${what}`)}</Button>;
}

function State({ account: { disabled, oneTime, issuer } }: { readonly account: Account }): ReactNode {
  const { t } = useTranslation();
  if (disabled) return <span className="chip chip-warn">{t('accounts.disabled')}</span>;
  if (oneTime) return <span className="chip">{t('accounts.waiting')}</span>;
  return <span className="chip chip-good" title={issuer ?? ''}>{t(issuer === null ? 'accounts.enabled' : 'accounts.federated')}</span>;
}
