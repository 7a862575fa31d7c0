import type { DeviceProfile, DeviceView } from '@brain/contracts';
import { problemOf } from '../api/api-error.js';
import { changesSince } from './device-form.js';

const TRIES = 4;

export interface DeviceApi {
  readonly change: (before: DeviceView, change: Partial<DeviceProfile>) => Promise<DeviceView>;
  readonly get: (deviceId: string) => Promise<DeviceView>;
}

export type ChangeOutcome =
  | { readonly done: true }
  /** Somebody else changed it: nothing was done. */
  | { readonly done: false; readonly theirs: DeviceView };

/** The revision counts comings and goings of the device too. Whatever moved on only by those is still the device that was meant. */
export async function sendChange(api: DeviceApi, before: DeviceView, change: Partial<DeviceProfile>, tries = TRIES): Promise<ChangeOutcome> {
  try {
    await api.change(before, change);
    return { done: true };
  } catch (error) {
    if (problemOf(error).code !== 'REVISION_STALE') throw error;
    const now = await api.get(before.deviceId);
    if (changesSince(before, now).length > 0) return { done: false, theirs: now };
    if (tries <= 1) throw error;
    return sendChange(api, now, change, tries - 1);
  }
}
