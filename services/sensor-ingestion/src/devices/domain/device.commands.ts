import type { DeviceProfile } from '@brain/contracts';

export interface RegisterDevice {
  readonly type: 'RegisterDevice';
  readonly deviceId: string;
  readonly profile: DeviceProfile;
  /** Looked up by the caller. */
  readonly areaKnown: boolean;
}

export interface ChangeDevice {
  readonly type: 'ChangeDevice';
  readonly deviceId: string;
  readonly change: Partial<DeviceProfile>;
  readonly areaKnown: boolean;
}

export interface RetireDevice {
  readonly type: 'RetireDevice';
  readonly deviceId: string;
  readonly reason: string;
}

export interface RotateDeviceToken {
  readonly type: 'RotateDeviceToken';
  readonly deviceId: string;
}

export interface NoteDeviceOnline {
  readonly type: 'NoteDeviceOnline';
  readonly deviceId: string;
  readonly now: string;
}

export interface NoteDeviceOffline {
  readonly type: 'NoteDeviceOffline';
  readonly deviceId: string;
  readonly now: string;
}

/** Whoever wears it was erased. */
export interface EraseWearer {
  readonly type: 'EraseWearer';
  readonly deviceId: string;
  readonly wearerId: string;
  readonly now: string;
}

export type DeviceCommand = EraseWearer | RegisterDevice | ChangeDevice | RetireDevice | RotateDeviceToken | NoteDeviceOnline | NoteDeviceOffline;
