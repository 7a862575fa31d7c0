import { CopyOutlined } from '@ant-design/icons';
import { Alert, App, Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../elements/copy-text.js';

export interface ShownOnce {
  readonly username: string;
  readonly password: string;
}

/** Nothing closes it by accident: what it shows cannot be shown again. */
export function OneTimePassword({ shown, onClose }: { readonly shown: ShownOnce | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = (): void => void copyText(shown?.password ?? '').then(() => message.success(t('shell.copied')));
  return (
    <Modal
      open={shown !== null} title={t('accounts.oneTime', { username: shown?.username ?? '' })} destroyOnHidden
      closable={false} keyboard={false} mask={{ closable: false }}
      footer={<Button type="primary" onClick={onClose} data-testid="account-password-seen">{t('accounts.passedOn')}</Button>}
    >
      <p className="account-password"><code data-testid="account-password">{shown?.password}</code> <Button icon={<CopyOutlined />} onClick={copy} autoFocus>{t('shell.copy')}</Button></p>
      <Alert type="warning" showIcon title={t('accounts.oneTimeHint')} />
    </Modal>
  );
}
