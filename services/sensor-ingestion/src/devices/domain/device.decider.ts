import { ERASED, type DeviceProfile } from '@brain/contracts';
import { DomainError, type Decider } from '@brain/event-store/pure';
import type { ChangeDevice, DeviceCommand, EraseWearer, RegisterDevice, RetireDevice } from './device.commands.js';
import type { DeviceEvent } from './device.events.js';

export type DeviceState =
  | { readonly status: 'absent' }
  | (KnownDevice & { readonly status: 'registered'; readonly online: boolean })
  | (KnownDevice & { readonly status: 'retired' });

interface KnownDevice {
  readonly profile: DeviceProfile;
  /** Who wore it at any time, but for those who were erased. */
  readonly wearers: readonly string[];
}

/** Why a device is out of use whose wearer was erased. */
export const WEARER_ERASED = 'wearer erased';

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
        return retire(command, state);
      case 'EraseWearer':
        return eraseWearer(command, state);
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
        return { status: 'registered', profile: profileOf(event.data), online: false, wearers: wearersAfter([], event.data) };
      case 'DeviceChanged':
        return changed(requireRegistered(state), event.data);
      case 'DeviceRetired':
        return retired(requireRegistered(state));
      case 'DeviceWearerErased':
        return state.status === 'absent' ? state : { ...state, ...withoutWearer(state, event.data.wearerId) };
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
  return [{ type: 'DeviceRegistered', data: { deviceId, ...profileOf(profile) } }];
}

function change(command: ChangeDevice, state: DeviceState): DeviceEvent[] {
  const { profile } = requireRegistered(state);
  const next = profileOf({ ...profile, ...command.change });
  if (next.areaCode !== profile.areaCode) requireArea(command.areaKnown, next.areaCode);
  if (sameProfile(profile, next)) return [];
  return [{ type: 'DeviceChanged', data: { deviceId: command.deviceId, ...next } }];
}

function retire({ deviceId, reason }: RetireDevice, state: DeviceState): DeviceEvent[] {
  if (state.status === 'retired') return []; // asked twice
  const { wearerId } = requireRegistered(state).profile;
  return [{ type: 'DeviceRetired', data: { deviceId, ...(wearerId ? { wearerId } : {}), reason } }];
}

/** A device that still is theirs goes out of use: it would go on measuring somebody who is to be forgotten. */
function eraseWearer({ deviceId, wearerId, now }: EraseWearer, state: DeviceState): DeviceEvent[] {
  if (state.status === 'absent' || !state.wearers.includes(wearerId)) return [];
  const erased: DeviceEvent = { type: 'DeviceWearerErased', data: { deviceId, wearerId, at: now } };
  if (state.status === 'retired' || state.profile.wearerId !== wearerId) return [erased];
  return [{ type: 'DeviceRetired', data: { deviceId, reason: WEARER_ERASED } }, erased];
}

function changed(state: KnownDevice & { readonly online: boolean }, profile: DeviceProfile): DeviceState {
  return { status: 'registered', profile: profileOf(profile), online: state.online, wearers: wearersAfter(state.wearers, profile) };
}

function retired({ profile, wearers }: KnownDevice): DeviceState {
  return { status: 'retired', profile, wearers };
}

function wearersAfter(wearers: readonly string[], { wearerId }: DeviceProfile): readonly string[] {
  return !wearerId || wearers.includes(wearerId) ? wearers : [...wearers, wearerId];
}

function withoutWearer({ profile, wearers }: KnownDevice, wearerId: string): KnownDevice {
  return {
    profile: profile.wearerId === wearerId ? { ...profile, name: ERASED, location: null } : profile,
    wearers: wearers.filter((one) => one !== wearerId),
  };
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
    a.name === b.name &&
    a.kind === b.kind &&
    a.areaCode === b.areaCode &&
    a.location?.lng === b.location?.lng &&
    a.location?.lat === b.location?.lat &&
    a.wearerId === b.wearerId
  );
}

function profileOf({ name, kind, areaCode, location, wearerId }: DeviceProfile): DeviceProfile {
  return { name, kind, areaCode, location, ...(wearerId ? { wearerId } : {}) };
}
