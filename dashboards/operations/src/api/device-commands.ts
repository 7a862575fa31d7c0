import type { DeviceProfile, DeviceView } from '@brain/contracts';
import { request } from './request.js';

export interface RegisteredDevice {
  readonly deviceId: string;
  /** null when the same request came before: the token was shown then. */
  readonly accessToken: string | null;
}

export async function registerDevice(body: DeviceProfile): Promise<RegisteredDevice> {
  return (await request('/api/devices', { method: 'POST', body })) as RegisteredDevice;
}

/** Of the revision the user saw, and only what is to change. */
export async function changeDevice({ deviceId, revision }: DeviceView, change: Partial<DeviceProfile>): Promise<DeviceView> {
  return (await request(`/api/devices/${deviceId}`, { method: 'PATCH', body: change, revision })) as DeviceView;
}

export async function retireDevice(deviceId: string): Promise<void> {
  await request(`/api/devices/${deviceId}/retire`, { method: 'POST', body: {} });
}
