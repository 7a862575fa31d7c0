import { COMMUNITY, importAreas, registerWorker, soon } from '@brain/test-e2e';
import type { ApiClient } from '@brain/local/api-client';
import { eventually } from '@brain/testing';
import type { DeviceAccount } from '../mosquitto/sending-device.js';
import type { DeviceDoor } from './device-door.js';
import { LoadDevice } from './load-device.js';

const KIND = 'temperature';

/** Areas, somebody on duty, devices; with their tokens. */
export async function register(admin: ApiClient, count: number): Promise<readonly DeviceAccount[]> {
  await importAreas(admin);
  await registerWorker(admin, '李敏');
  const lines = Array.from({ length: count }, (_, index) => `device ${String(index)},${KIND},${COMMUNITY}001,113.91,22.53`);
  const csv = ['name,kind,areaCode,lng,lat', ...lines, ''].join('\n');
  return soon(async () => {
    const { devices } = await admin.post<{ devices: readonly DeviceAccount[] }>('/api/devices/import', csv, { contentType: 'text/csv' });
    if (devices.length !== count) throw new Error(`${String(devices.length)} of ${String(count)} devices are registered`);
    return devices;
  });
}

/** One rule for all; those that breach do so again and again. */
export async function startLoad(admin: ApiClient, door: DeviceDoor, accounts: readonly DeviceAccount[], breaching: number): Promise<readonly LoadDevice[]> {
  await soon(() =>
    admin.post('/api/rules', {
      name: 'too hot',
      scope: { kind: KIND },
      when: 'reading.temperature > 60.0',
      for: 'PT0S',
      clearWhen: 'reading.temperature < 55.0',
      severity: 'CRITICAL',
      openCase: { category: '01076', title: 'lift room over 60 °C' },
    }),
  );
  return accounts.map((account, index) => new LoadDevice(door, account, index < breaching));
}

/** Until every device has had so many more acknowledged. */
export async function loadGoesOn(devices: readonly LoadDevice[], more: number, timeoutMs: number): Promise<void> {
  const before = devices.map(({ acknowledged }) => acknowledged);
  await eventually(
    () => {
      const stuck = devices.filter(({ acknowledged }, index) => acknowledged < (before[index] ?? 0) + more);
      if (stuck.length > 0) throw new Error(`${String(stuck.length)} devices get no acknowledgement`);
    },
    { timeoutMs, everyMs: 100 },
  );
}
