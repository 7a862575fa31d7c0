import { Alert, Form, Input, InputNumber, Space, type FormInstance, type FormRule } from 'antd';
import type { DeviceView } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AreaField } from '../elements/area-field.js';
import { keepsFormerName, type DeviceForm } from './device-form.js';
import { WearerField } from './wearer-field.js';

type Coordinate = ['location', 'lng' | 'lat'];
const LNG: Coordinate = ['location', 'lng'];
const LAT: Coordinate = ['location', 'lat'];

/** What there is to say of a device; `before`: as it was until now. */
export function DeviceFields({ form, before }: { readonly form: FormInstance<DeviceForm>; readonly before?: DeviceView }): ReactNode {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('shell.required') }];
  return (
    <>
      <Form.Item name="name" label={t('devices.name')} rules={required}><Input maxLength={200} autoFocus data-testid="device-name" /></Form.Item>
      {before !== undefined && <RenameHint form={form} before={before} />}
      <Form.Item name="kind" label={t('devices.kind')} rules={required}><Input maxLength={60} placeholder="temperature" data-testid="device-kind" /></Form.Item>
      <Form.Item name="areaCode" label={t('field.area')} rules={required}><AreaField /></Form.Item>
      <Form.Item name="wearerId" label={t('devices.wearer')} extra={t('devices.wearerExtra')}><WearerField /></Form.Item>
      <Space align="start">
        <Form.Item name={LNG} label={t('devices.lng')} dependencies={[LAT]} rules={[bothOrNeither(form, LAT, t('devices.bothOrNeither'))]}><InputNumber min={-180} max={180} step={0.001} style={{ width: '10rem' }} /></Form.Item>
        <Form.Item name={LAT} label={t('devices.lat')} dependencies={[LNG]} rules={[bothOrNeither(form, LNG, t('devices.bothOrNeither'))]}><InputNumber min={-90} max={90} step={0.001} style={{ width: '10rem' }} /></Form.Item>
      </Space>
    </>
  );
}

function RenameHint({ form, before }: { readonly form: FormInstance<DeviceForm>; readonly before: DeviceView }): ReactNode {
  const { t } = useTranslation();
  const name = Form.useWatch('name', form);
  const wearerId = Form.useWatch('wearerId', form);
  if (!keepsFormerName(before, { name, wearerId })) return null;
  return <Alert type="warning" showIcon role="status" title={t('devices.renameHint')} style={{ marginBottom: '1rem' }} data-testid="device-rename-hint" />;
}

/** Half a place is none: it is asked for rather than dropped. */
function bothOrNeither(form: FormInstance<DeviceForm>, other: Coordinate, message: string): FormRule {
  return {
    validator: (_, value: unknown) => {
      const isHalf = typeof value !== 'number' && typeof (form.getFieldValue([...other]) as unknown) === 'number';
      return isHalf ? Promise.reject(new Error(message)) : Promise.resolve();
    },
  };
}
