import { request } from './request.js';

export interface RegisteredDevice {
  readonly deviceId: string;
  /** null when the same request came before: the token was shown then. */
  readonly accessToken: string | null;
}

export async function registerDevice(body: unknown): Promise<RegisteredDevice> {
  return (await request('/api/devices', { method: 'POST', body })) as RegisteredDevice;
}

export async function retireDevice(deviceId: string): Promise<void> {
  await request(`/api/devices/${deviceId}/retire`, { method: 'POST', body: {} });
}
