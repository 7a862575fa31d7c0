import { Alert, App, Button, Form, Input, InputNumber, Modal, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/api-error.js';
import { registerDevice, type RegisteredDevice } from '../api/device-commands.js';
import { AreaField } from '../elements/area-field.js';
import { copyText } from '../elements/copy-text.js';
import { showFieldErrors } from '../elements/field-errors.js';
import { useProblemText } from '../elements/problem-text.js';

interface RegisterDeviceProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

interface Values {
  readonly name: string;
  readonly kind: string;
  readonly areaCode: string;
  readonly location?: { readonly lng?: number | null; readonly lat?: number | null };
}

export function RegisterDevice({ open, onClose, onDone }: RegisterDeviceProps): ReactNode {
  const { t } = useTranslation();
  const text = useProblemText();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [made, setMade] = useState<RegisteredDevice | null>(null);
  const close = (): void => {
    setMade(null);
    setError(null);
    onClose();
  };
  const submit = async ({ location, ...profile }: Values): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const placed = typeof location?.lng === 'number' && typeof location.lat === 'number';
      setMade(await registerDevice({ ...profile, location: placed ? location : null }));
      onDone();
    } catch (refusal) {
      showFieldErrors(form, refusal);
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
      onOk={made === null ? () => form.submit() : close}
      okText={made === null ? t('shell.save') : t('shell.close')}
      okButtonProps={{ 'data-testid': 'device-submit' }}
      cancelButtonProps={made === null ? {} : { style: { display: 'none' } }}
      confirmLoading={busy}
      destroyOnHidden
    >
      {made === null ? (
        <Form form={form} layout="vertical" preserve={false} onFinish={(values) => void submit(values)}>
          <Fields />
          {error !== null && <Alert type="error" showIcon title={text(error)} description={<code>{problemOf(error).code}</code>} />}
        </Form>
      ) : (
        <TokenOnce made={made} />
      )}
    </Modal>
  );
}

function Fields(): ReactNode {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('shell.required') }];
  return (
    <>
      <Form.Item name="name" label={t('devices.name')} rules={required}><Input maxLength={200} autoFocus data-testid="device-name" /></Form.Item>
      <Form.Item name="kind" label={t('devices.kind')} rules={required}><Input maxLength={60} placeholder="temperature" data-testid="device-kind" /></Form.Item>
      <Form.Item name="areaCode" label={t('field.area')} rules={required}><AreaField /></Form.Item>
      <Space>
        <Form.Item name={['location', 'lng']} label={t('devices.lng')}><InputNumber min={-180} max={180} step={0.001} style={{ width: '10rem' }} /></Form.Item>
        <Form.Item name={['location', 'lat']} label={t('devices.lat')}><InputNumber min={-90} max={90} step={0.001} style={{ width: '10rem' }} /></Form.Item>
      </Space>
    </>
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
