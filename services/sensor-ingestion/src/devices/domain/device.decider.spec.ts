import { describe, it } from '@jest/globals';
import type { DeviceProfile } from '@brain/contracts';
import { scenario } from '@brain/testing';
import { deviceDecider } from './device.decider.js';
import type { DeviceEvent } from './device.events.js';

const deviceId = '00000000-0000-4000-8000-000000000001';
const now = '2026-11-22T02:00:00.000Z';
const profile: DeviceProfile = { name: 'lift room 3', kind: 'temperature', areaCode: '440305001001', location: null };
const registered: DeviceEvent = { type: 'DeviceRegistered', data: { deviceId, ...profile } };
const retired: DeviceEvent = { type: 'DeviceRetired', data: { deviceId, reason: 'broken' } };
const online: DeviceEvent = { type: 'DeviceCameOnline', data: { deviceId, at: now } };
const offline: DeviceEvent = { type: 'DeviceWentOffline', data: { deviceId, at: now } };
const { given } = scenario(deviceDecider);

describe('registering a device', () => {
  const register = { type: 'RegisterDevice', deviceId, profile, areaKnown: true } as const;
  it('records what it is and where', () => given().when(register).expectEvents(registered));
  it('is refused in an area nobody knows', () => given().when({ ...register, areaKnown: false }).expectRejection('AREA_UNKNOWN'));
  it('is refused for an id in use, retired or not', () => {
    given(registered).when(register).expectRejection('DEVICE_EXISTS');
    given(registered, retired).when(register).expectRejection('DEVICE_EXISTS');
  });
});

describe('changing a device', () => {
  const change = (given: Partial<DeviceProfile>, areaKnown = true) => ({ type: 'ChangeDevice', deviceId, change: given, areaKnown }) as const;
  it('records the whole profile as it now is', () =>
    given(registered).when(change({ name: 'roof' })).expectEvents({ type: 'DeviceChanged', data: { deviceId, ...profile, name: 'roof' } }));
  it('can give it to somebody, and back', () => {
    const wearerId = '00000000-0000-4000-8000-0000000000a1';
    const worn: DeviceEvent = { type: 'DeviceChanged', data: { deviceId, ...profile, wearerId } };
    given(registered).when(change({ wearerId })).expectEvents(worn);
    given(registered, worn).when(change({ wearerId: null })).expectEvents({ type: 'DeviceChanged', data: { deviceId, ...profile } });
    given(registered, worn).when(change({ name: 'roof' })).expectEvents({ type: 'DeviceChanged', data: { deviceId, ...profile, name: 'roof', wearerId } });
  });
  it('says nothing when nothing differs', () => given(registered).when(change({ name: profile.name, location: null }, false)).expectEvents());
  it('is refused into an area nobody knows', () => given(registered).when(change({ areaCode: '440305001002' }, false)).expectRejection('AREA_UNKNOWN'));
  it('is refused when absent or retired', () => {
    given().when(change({})).expectRejection('DEVICE_UNKNOWN');
    given(registered, retired).when(change({ name: 'x' })).expectRejection('DEVICE_RETIRED');
  });
});

describe('retiring a device', () => {
  const retire = { type: 'RetireDevice', deviceId, reason: 'broken' } as const;
  it('records the reason', () => given(registered, online).when(retire).expectEvents(retired));
  it('changes nothing the second time', () => given(registered, retired).when(retire).expectEvents());
  it('is refused for an unknown device', () => given().when(retire).expectRejection('DEVICE_UNKNOWN'));
});

describe('erasing a wearer', () => {
  const wearerId = '00000000-0000-4000-8000-0000000000a1';
  const worn: DeviceEvent = { type: 'DeviceRegistered', data: { deviceId, ...profile, wearerId } };
  const another: DeviceEvent = { type: 'DeviceChanged', data: { deviceId, ...profile, wearerId: '00000000-0000-4000-8000-0000000000a2' } };
  const erase = { type: 'EraseWearer', deviceId, wearerId, now } as const;
  const erased: DeviceEvent = { type: 'DeviceWearerErased', data: { deviceId, wearerId, at: now } };

  it('puts the device out of use', () => given(worn).when(erase).expectEvents({ type: 'DeviceRetired', data: { deviceId, reason: 'wearer erased' } }, erased));
  it('is said of a device, too, that is out of use or another\'s by now, and changes no more', () => {
    given(worn, retired).when(erase).expectEvents(erased);
    given(worn, another).when(erase).expectEvents(erased);
  });
  it('is said once, and of nobody else\'s device', () => {
    given(worn, retired, erased).when(erase).expectEvents();
    given(registered).when(erase).expectEvents();
    given().when(erase).expectEvents();
  });
  it('leaves who had it before or after', () => {
    given(worn, another, erased).when({ type: 'RotateDeviceToken', deviceId }).expectEvents({ type: 'DeviceTokenRotated', data: { deviceId } });
  });
});

describe('rotating a token', () => {
  const rotate = { type: 'RotateDeviceToken', deviceId } as const;
  it('is recorded, without the token', () => given(registered).when(rotate).expectEvents({ type: 'DeviceTokenRotated', data: { deviceId } }));
  it('is refused once retired', () => given(registered, retired).when(rotate).expectRejection('DEVICE_RETIRED'));
});

describe('being online', () => {
  const connect = { type: 'NoteDeviceOnline', deviceId, now } as const;
  const silence = { type: 'NoteDeviceOffline', deviceId, now } as const;
  it('is recorded when it changes', () => {
    given(registered).when(connect).expectEvents(online);
    given(registered, online).when(silence).expectEvents(offline);
    given(registered, online, offline).when(connect).expectEvents(online);
  });
  it('is not recorded when it does not change', () => {
    given(registered, online).when(connect).expectEvents();
    given(registered).when(silence).expectEvents();
  });
  it('means nothing for a device that is retired or was never registered', () => {
    given(registered, online, retired).when(silence).expectEvents();
    given(registered, retired).when(connect).expectEvents();
    given().when(connect).expectEvents();
  });
});
