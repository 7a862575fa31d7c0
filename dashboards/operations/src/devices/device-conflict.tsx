import { Alert, Button, Space } from 'antd';
import type { DeviceView } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAreaNames } from '../areas/use-area-names.js';
import { changesSince, type DeviceDifference } from './device-form.js';
import { useKindName } from './use-kind-name.js';
import { useWearerName } from './use-wearer-name.js';

interface DeviceConflictProps {
  readonly before: DeviceView;
  readonly now: DeviceView;
  readonly onTake: () => void;
  readonly onKeep: () => void;
}

const LABELS = { name: 'devices.name', kind: 'devices.kind', areaCode: 'field.area', location: 'devices.place', wearerId: 'devices.wearer' } as const;

/** Two changed the device at once: what the other one did, and what to do about it. */
export function DeviceConflict({ before, now, onTake, onKeep }: DeviceConflictProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning" showIcon title={t('devices.conflict')} data-testid="device-conflict" style={{ marginBottom: '1rem' }}
      description={
        <>
          <ul style={{ margin: '0.25rem 0 0.75rem', paddingInlineStart: '1.1rem' }}>
            {changesSince(before, now).map((difference) => <Difference key={difference.field} difference={difference} />)}
          </ul>
          <Space wrap>
            <Button size="small" onClick={onTake} data-testid="device-take">{t('devices.takeTheirs')}</Button>
            <Button size="small" onClick={onKeep} data-testid="device-keep">{t('devices.keepMine')}</Button>
          </Space>
        </>
      }
    />
  );
}

function Difference({ difference: { field, before, now } }: { readonly difference: DeviceDifference }): ReactNode {
  const { t } = useTranslation();
  return <li><strong>{t(LABELS[field])}</strong> <del><Words field={field} value={before} /></del> → <ins><Words field={field} value={now} /></ins></li>;
}

function Words({ field, value }: { readonly field: DeviceDifference['field']; readonly value: DeviceDifference['now'] }): ReactNode {
  const areas = useAreaNames();
  const kindName = useKindName();
  const wearer = useWearerName(field === 'wearerId' && typeof value === 'string' ? value : null);
  if (value === null || value === undefined) return '—';
  if (typeof value !== 'string') return `${String(value.lng)}, ${String(value.lat)}`;
  switch (field) {
    case 'wearerId':
      return wearer;
    case 'areaCode':
      return areas.label(value);
    case 'kind':
      return kindName(value);
    case 'name':
    case 'location':
      return value;
  }
}
