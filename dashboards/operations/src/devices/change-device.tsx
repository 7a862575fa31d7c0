import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Form, Modal } from 'antd';
import type { DeviceView } from '@brain/contracts';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/api-error.js';
import { changeDevice } from '../api/device-commands.js';
import { getDevice } from '../api/devices.js';
import { showFieldErrors } from '../elements/field-errors.js';
import { useProblemText } from '../elements/problem-text.js';
import { DeviceConflict } from './device-conflict.js';
import { DeviceFields } from './device-fields.js';
import { changeOf, formOf, mergedForm, type DeviceForm } from './device-form.js';
import { sendChange } from './send-change.js';

const FORM = 'change-device';
const API = { change: changeDevice, get: getDevice };

/** `opened`: the device as it was when the form was opened. */
export function ChangeDevice({ opened, onClose }: { readonly opened: DeviceView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const text = useProblemText();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<DeviceForm>();
  const [before, setBefore] = useState(opened);
  const [theirs, setTheirs] = useState<DeviceView | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const save = async (values: DeviceForm): Promise<void> => {
    const outcome = await sendChange(API, before, changeOf(before, values));
    if (!outcome.done) {
      setTheirs(outcome.theirs);
      return;
    }
    void message.success(t('devices.changed'));
    onClose();
    await Promise.all([client.invalidateQueries({ queryKey: ['devices'] }), client.invalidateQueries({ queryKey: ['device', before.deviceId] })]);
  };
  const submit = async (values: DeviceForm): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await save(values);
    } catch (refusal) {
      showFieldErrors(form, refusal, text);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const goOnFrom = (now: DeviceView, values: DeviceForm): void => {
    form.setFieldsValue(values);
    setBefore(now);
    setTheirs(null);
  };
  return (
    <Modal
      open title={t('devices.change')} onCancel={onClose} okText={t('shell.save')} confirmLoading={busy} data-testid="device-change-form"
      okButtonProps={{ 'data-testid': 'device-change-submit', htmlType: 'submit', form: FORM, disabled: theirs !== null }}
    >
      <Form form={form} name={FORM} layout="vertical" initialValues={formOf(opened)} onFinish={(values) => void submit(values)}>
        <DeviceFields form={form} before={before} />
        {theirs !== null && <DeviceConflict before={before} now={theirs} onTake={() => goOnFrom(theirs, formOf(theirs))} onKeep={() => goOnFrom(theirs, mergedForm(before, theirs, form.getFieldsValue()))} />}
        {error !== null && <Alert type="error" showIcon title={text(error)} description={<code>{problemOf(error).code}</code>} data-testid="device-refused" />}
      </Form>
    </Modal>
  );
}
