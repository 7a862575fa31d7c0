import { Alert, App, Button, Form, Input, Modal, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/api-error.js';
import { registerDevice, type RegisteredDevice } from '../api/device-commands.js';
import { copyText } from '../elements/copy-text.js';
import { showFieldErrors } from '../elements/field-errors.js';
import { useProblemText } from '../elements/problem-text.js';
import { DeviceFields } from './device-fields.js';
import { profileOf, type DeviceForm } from './device-form.js';

interface RegisterDeviceProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const FORM = 'register-device';

export function RegisterDevice({ open, onClose, onDone }: RegisterDeviceProps): ReactNode {
  const { t } = useTranslation();
  const text = useProblemText();
  const [form] = Form.useForm<DeviceForm>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [made, setMade] = useState<RegisteredDevice | null>(null);
  const close = (): void => {
    setMade(null);
    setError(null);
    onClose();
  };
  const submit = async (values: DeviceForm): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setMade(await registerDevice(profileOf(values)));
      onDone();
    } catch (refusal) {
      showFieldErrors(form, refusal, text);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={t('devices.register')}
      onCancel={close}
      {...(made === null ? {} : { onOk: close })}
      okText={made === null ? t('shell.save') : t('shell.close')}
      okButtonProps={{ 'data-testid': 'device-submit', ...(made === null ? { htmlType: 'submit', form: FORM } : {}) }}
      cancelButtonProps={made === null ? {} : { style: { display: 'none' } }}
      confirmLoading={busy}
      destroyOnHidden
    >
      {made === null ? (
        <Form form={form} name={FORM} layout="vertical" preserve={false} onFinish={(values) => void submit(values)}>
          <DeviceFields form={form} />
          {error !== null && <Alert type="error" showIcon title={text(error)} description={<code>{problemOf(error).code}</code>} data-testid="device-refused" />}
        </Form>
      ) : (
        <TokenOnce made={made} />
      )}
    </Modal>
  );
}

function TokenOnce({ made }: { readonly made: RegisteredDevice }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async (): Promise<void> => {
    await copyText(made.accessToken ?? '');
    void message.success(t('shell.copied'));
  };
  return (
    <>
      <Alert type="warning" showIcon title={t('devices.tokenOnce')} description={t('devices.tokenUse')} style={{ marginBottom: '1rem' }} />
      <Space.Compact style={{ width: '100%' }}>
        <Input readOnly value={made.accessToken ?? ''} aria-label={t('devices.token')} data-testid="device-token" />
        <Button type="primary" onClick={() => void copy()}>{t('shell.copy')}</Button>
      </Space.Compact>
      <p className="muted numbers">{t('devices.id')} {made.deviceId}</p>
    </>
  );
}
