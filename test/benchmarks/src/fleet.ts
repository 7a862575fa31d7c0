import { connectAsync, type MqttClient } from 'mqtt';
import type { RunningProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';

export const AREA = '440305001001';
const AREAS_CSV = `code,name\n440305,南山区\n440305001,南头街道\n${AREA},南头城社区居委会\n`;
export const TELEMETRY = 'v1/devices/me/telemetry';

export interface FleetDevice {
  readonly deviceId: string;
  readonly client: MqttClient;
}

/** Registers devices and connects each with a client of its own. */
export async function connectFleet(product: RunningProduct, size: number): Promise<readonly FleetDevice[]> {
  const admin = product.as('administrator');
  await admin.post('/api/areas/import', AREAS_CSV, { contentType: 'text/csv' });
  const fleet: FleetDevice[] = [];
  for (let n = 0; n < size; n += 1) {
    const device = { name: `load ${String(n)}`, kind: 'temperature', areaCode: AREA, location: null };
    const { deviceId, accessToken } = await eventually(
      () => admin.post<{ deviceId: string; accessToken: string }>('/api/devices', device),
      { timeoutMs: 15_000 },
    );
    fleet.push({ deviceId, client: await connectDevice(product.mqttUrl, accessToken) });
  }
  return fleet;
}

export function connectDevice(mqttUrl: string, username: string): Promise<MqttClient> {
  return connectAsync(mqttUrl, { username, protocolVersion: 4, queueQoSZero: false, reconnectOnConnackError: true });
}

export async function closeFleet(fleet: readonly FleetDevice[]): Promise<void> {
  await Promise.all(fleet.map(({ client }) => client.endAsync(true)));
}
