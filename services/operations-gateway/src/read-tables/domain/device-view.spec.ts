import { describe, expect, it } from '@jest/globals';
import type { DeviceView } from '@brain/contracts';
import { clientEventName } from './client-event-name.js';
import { foldDevice, isDeviceInUse, type DeviceEvent } from './device-view.js';

const deviceId = '0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c01';
const profile = { deviceId, name: '3 号电梯机房', kind: 'temperature', areaCode: '440305001001', location: null };
const at = '2026-11-22T02:00:00.000Z';
const registered: DeviceEvent = { type: 'DeviceRegistered', data: profile };
const online: DeviceEvent = { type: 'DeviceCameOnline', data: { deviceId, at } };

const after = (...events: DeviceEvent[]): DeviceView | undefined =>
  events.reduce<DeviceView | undefined>((view, event, revision) => foldDevice(view, event, { revision, time: at }), undefined);

describe('a device on the screen', () => {
  it('has never been seen when it is registered', () => {
    expect(after(registered)).toEqual({ ...profile, state: 'registered', online: false, lastSeenAt: null, revision: 0 });
  });

  it('is online from its connection to its silence, and was last seen then', () => {
    expect(after(registered, online)).toMatchObject({ online: true, lastSeenAt: at });
    const offline: DeviceEvent = { type: 'DeviceWentOffline', data: { deviceId, at: '2026-11-22T03:00:00.000Z' } };
    expect(after(registered, online, offline)).toMatchObject({ online: false, lastSeenAt: at });
  });

  it('keeps its connection when its profile changes', () => {
    expect(after(registered, online, { type: 'DeviceChanged', data: { ...profile, name: 'x' } })).toMatchObject({ name: 'x', online: true });
  });

  it('is out of use and offline once retired', () => {
    const view = after(registered, online, { type: 'DeviceRetired', data: { deviceId, reason: 'broken' } });
    expect(view).toMatchObject({ state: 'retired', online: false });
    expect(view && isDeviceInUse(view)).toBe(false);
  });
});

describe('the name of an event for clients', () => {
  it.each([
    ['alerting.alert-raised.v1', 'alert.raised.v1'],
    ['case-management.case-rework-ordered.v1', 'case.rework-ordered.v1'],
    ['sensor-ingestion.device-came-online.v2', 'device.came-online.v2'],
  ])('%s is %s', (wire, client) => {
    expect(clientEventName(wire)).toBe(client);
  });
});
