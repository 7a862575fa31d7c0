import type { DeviceProfile } from '@brain/contracts';
import { DomainError, type Decider } from '@brain/event-store/pure';
import type { ChangeDevice, DeviceCommand, RegisterDevice } from './device.commands.js';
import type { DeviceEvent } from './device.events.js';

export type DeviceState =
  | { readonly status: 'absent' }
  | { readonly status: 'registered'; readonly profile: DeviceProfile; readonly online: boolean }
  | { readonly status: 'retired'; readonly profile: DeviceProfile };

export const deviceDecider: Decider<DeviceState, DeviceCommand, DeviceEvent> = {
  initial: { status: 'absent' },

  decide(command, state) {
    const { deviceId } = command;
    switch (command.type) {
      case 'RegisterDevice':
        return register(command, state);
      case 'ChangeDevice':
        return change(command, state);
      case 'RetireDevice':
        if (state.status === 'retired') return []; // asked twice
        requireRegistered(state);
        return [{ type: 'DeviceRetired', data: { deviceId, reason: command.reason } }];
      case 'RotateDeviceToken':
        requireRegistered(state);
        return [{ type: 'DeviceTokenRotated', data: { deviceId } }];
      case 'NoteDeviceOnline':
        if (state.status !== 'registered' || state.online) return [];
        return [{ type: 'DeviceCameOnline', data: { deviceId, at: command.now } }];
      case 'NoteDeviceOffline':
        if (state.status !== 'registered' || !state.online) return [];
        return [{ type: 'DeviceWentOffline', data: { deviceId, at: command.now } }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'DeviceRegistered':
        return { status: 'registered', profile: profileOf(event.data), online: false };
      case 'DeviceChanged':
        return { ...requireRegistered(state), profile: profileOf(event.data) };
      case 'DeviceRetired':
        return { status: 'retired', profile: requireRegistered(state).profile };
      case 'DeviceTokenRotated':
        return state;
      case 'DeviceCameOnline':
        return { ...requireRegistered(state), online: true };
      case 'DeviceWentOffline':
        return { ...requireRegistered(state), online: false };
    }
  },
};

function register({ deviceId, profile, areaKnown }: RegisterDevice, state: DeviceState): DeviceEvent[] {
  if (state.status !== 'absent') throw new DomainError('DEVICE_EXISTS', 'This device is registered already');
  requireArea(areaKnown, profile.areaCode);
  return [{ type: 'DeviceRegistered', data: { deviceId, ...profile } }];
}

function change(command: ChangeDevice, state: DeviceState): DeviceEvent[] {
  const { profile } = requireRegistered(state);
  const next = { ...profile, ...command.change };
  if (next.areaCode !== profile.areaCode) requireArea(command.areaKnown, next.areaCode);
  if (sameProfile(profile, next)) return [];
  return [{ type: 'DeviceChanged', data: { deviceId: command.deviceId, ...next } }];
}

function requireRegistered(state: DeviceState) {
  if (state.status === 'absent') throw new DomainError('DEVICE_UNKNOWN', 'There is no such device');
  if (state.status === 'retired') throw new DomainError('DEVICE_RETIRED', 'The device is retired');
  return state;
}

function requireArea(known: boolean, areaCode: string): void {
  if (known) return;
  throw new DomainError('AREA_UNKNOWN', `There is no area ${areaCode}`, [{ path: 'areaCode', message: 'is not a known area' }]);
}

function sameProfile(a: DeviceProfile, b: DeviceProfile): boolean {
  return (
    a.name === b.name && a.kind === b.kind && a.areaCode === b.areaCode && a.location?.lng === b.location?.lng && a.location?.lat === b.location?.lat
  );
}

function profileOf({ name, kind, areaCode, location }: DeviceProfile): DeviceProfile {
  return { name, kind, areaCode, location };
}
