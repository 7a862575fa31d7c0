import { describe, expect, it } from '@jest/globals';
import type { DeviceView, PastChange } from '@brain/contracts';
import { EMPTY } from '../live/live-state.js';
import { applyPast } from './apply-past.js';
import { iso, NINE, raised } from './past.fixture.js';

const device = (deviceId: string): DeviceView => ({
  deviceId, name: deviceId, kind: 'temperature', areaCode: '440305001001', location: null, state: 'registered', online: true, lastSeenAt: null, revision: 0,
});
const came = (deviceId: string): PastChange => ({ at: iso(NINE), topic: 'device', type: 'device.changed.v1', data: device(deviceId) });
const left = (deviceId: string): PastChange => ({ at: iso(NINE), topic: 'device-left', type: 'device.left.v1', data: { deviceId } });
const room = { ...EMPTY, devices: new Map([['lift', device('lift')], ['door', device('door')]]) };
const shown = (...changes: PastChange[]): string[] => [...applyPast(room, changes).devices.keys()];

describe('what was told of the past', () => {
  it('takes a device that left from the map, and no other', () => {
    expect(shown(left('lift'))).toEqual(['door']);
    expect(shown(came('pump'), left('door'))).toEqual(['lift', 'pump']);
  });

  it('keeps one that left and came back, and not one that came and left', () => {
    expect(shown(left('lift'), came('lift'))).toEqual(['lift', 'door']);
    expect(shown(came('pump'), left('pump'))).toEqual(['lift', 'door']);
  });

  it('leaves a room whose devices stay as it is', () => {
    expect(applyPast(room, [raised(NINE, 'a')]).devices).toBe(room.devices);
  });
});
