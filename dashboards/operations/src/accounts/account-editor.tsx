import { Alert, App, Button, Drawer, Form, Input } from 'antd';
import type { Account } from '@brain/contracts';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeAccount, createAccount, getAccount } from '../api/accounts.js';
import { problemOf } from '../api/api-error.js';
import { showFieldErrors } from '../elements/field-errors.js';
import { useProblemText } from '../elements/problem-text.js';
import { useUser } from '../session/use-user.js';
import { AccountConflict } from './account-conflict.js';
import { NEW_ACCOUNT, type AccountForm } from './account-form.js';
import { AreasField } from './areas-field.js';
import type { ShownOnce } from './one-time-password.js';
import { RolesField } from './roles-field.js';
import { StaffField } from './staff-field.js';

interface AccountEditorProps {
  readonly editing: Account | 'new' | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
  readonly onCreated: (shown: ShownOnce) => void;
}

export function AccountEditor({ editing, ...rest }: AccountEditorProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Drawer open={editing !== null} onClose={rest.onClose} size="min(36rem, 94vw)" destroyOnHidden title={t(editing === 'new' ? 'accounts.new' : 'accounts.change')} data-testid="account-editor">
      {editing !== null && <Editor opened={editing === 'new' ? null : editing} {...rest} />}
    </Drawer>
  );
}

/** `before`: what the user sees as the state before; `theirs`: what somebody else made of it meanwhile. */
function Editor({ opened, onClose, onSaved, onCreated }: { readonly opened: Account | null } & Omit<AccountEditorProps, 'editing'>): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<AccountForm>();
  const [before, setBefore] = useState(opened);
  const [theirs, setTheirs] = useState<Account | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const save = async (values: AccountForm): Promise<void> => {
    if (before === null) {
      const { username, oneTimePassword } = await createAccount(values);
      onCreated({ username, password: oneTimePassword });
    } else {
      await changeAccount(before, values);
      void message.success(t('accounts.saved'));
    }
    onSaved();
    onClose();
  };
  const submit = async (values: AccountForm): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await save(values);
    } catch (refusal) {
      if (before !== null && problemOf(refusal).code === 'REVISION_STALE') setTheirs(await getAccount(before.accountId).catch(() => null));
      showFieldErrors(form, refusal);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const goOnFrom = (now: Account): void => {
    setBefore(now);
    setTheirs(null);
    setError(null);
    onSaved();
  };
  return (
    <Form form={form} layout="vertical" initialValues={before ?? NEW_ACCOUNT} onFinish={(values) => void submit({ ...NEW_ACCOUNT, ...values })}>
      <Fields account={before} />
      {before !== null && theirs !== null ? (
        <AccountConflict
          before={before} now={theirs} onKeep={() => goOnFrom(theirs)}
          onTake={() => {
            form.setFieldsValue(theirs);
            goOnFrom(theirs);
          }}
        />
      ) : (
        error !== null && <Refusal error={error} />
      )}
      <Button type="primary" htmlType="submit" loading={busy} disabled={theirs !== null} data-testid="account-submit">{t('shell.save')}</Button>
    </Form>
  );
}

function Fields({ account }: { readonly account: Account | null }): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const isFederated = account !== null && account.issuer !== null;
  const isMine = account?.accountId === user.id;
  const required = [{ required: true, message: t('shell.required') }];
  return (
    <>
      {isFederated && <Alert type="info" showIcon title={t('error.ACCOUNT_FEDERATED')} style={{ marginBottom: '1rem' }} />}
      {isMine && <Alert type="info" showIcon title={t('error.ACCOUNT_IS_YOURS')} style={{ marginBottom: '1rem' }} />}
      {account === null && (
        <Form.Item name="username" label={t('accounts.username')} rules={[...required, { pattern: /^[\p{L}\p{N}._@-]{2,100}$/u, message: t('accounts.usernameForm') }]}>
          <Input autoFocus autoComplete="off" maxLength={100} data-testid="account-username" />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('accounts.field-name')} rules={required}><Input maxLength={100} disabled={isFederated} autoComplete="off" data-testid="account-name" /></Form.Item>
      <Form.Item name="roles" label={t('accounts.field-roles')} rules={[{ required: true, type: 'array', min: 1, message: t('shell.required') }]}><RolesField disabled={isFederated || isMine} /></Form.Item>
      {!isFederated && !isMine && <Form.Item name="areaCodes" label={t('accounts.field-areaCodes')} extra={t('accounts.areasHint')}><AreasField /></Form.Item>}
      {!isMine && <Form.Item name="staffId" label={t('accounts.field-staffId')}><StaffField /></Form.Item>}
    </>
  );
}

function Refusal({ error }: { readonly error: unknown }): ReactNode {
  const text = useProblemText();
  return <Alert type="error" showIcon title={text(error)} description={<code>{problemOf(error).code}</code>} style={{ marginBottom: '1rem' }} data-testid="account-refused" />;
}
