import { describe, expect, it } from '@jest/globals';
import { deviceProfile, isWithinArea, ruleDefinition, staffProfile } from '@brain/contracts';
import { containsPoint } from '@brain/geo';
import { DEVICE_KINDS, type DeviceKind } from './device-kinds.js';
import { demoDistrict } from './demo-district.js';

const district = demoDistrict();
const boundaryOf = new Map(district.areas.map(({ code, boundary }) => [code, boundary]));
const kinds: readonly DeviceKind[] = DEVICE_KINDS;

describe('the staff of the demo district', () => {
  it('are about sixty people with names of their own, as the register takes them', () => {
    expect(district.staff.length).toBeGreaterThanOrEqual(55);
    expect(district.staff.length).toBeLessThanOrEqual(70);
    expect(new Set(district.staff.map(({ name }) => name)).size).toBe(district.staff.length);
    for (const { key, availability, ...profile } of district.staff) {
      expect(staffProfile.parse(profile)).toEqual(profile);
      expect([key, availability]).toEqual([expect.stringMatching(/^demo-staff-\d{3}$/), expect.any(String)]);
      for (const code of profile.areaCodes) expect(boundaryOf.has(code)).toBe(true);
    }
  });

  it('leave no community without a worker on duty at some level', () => {
    const onDuty = district.staff.filter(({ roles, availability }) => roles.includes('grid-worker') && availability === 'on-duty');
    for (const { code } of district.areas.filter(({ kind }) => kind === 'community')) {
      const responsible = district.staff.filter(({ areaCodes }) => areaCodes.includes(code));
      expect(responsible.length).toBeGreaterThan(0);
      expect(onDuty.some(({ areaCodes }) => areaCodes.some((scope) => isWithinArea(code, scope)))).toBe(true);
    }
  });

  it('are mostly on duty, some are not', () => {
    const away = district.staff.filter(({ availability }) => availability !== 'on-duty').length;
    expect(away).toBeGreaterThan(0);
    expect(away / district.staff.length).toBeLessThan(0.3);
  });
});

describe('the devices of the demo district', () => {
  it('are about two hundred of twelve kinds, each inside its grid', () => {
    expect(district.devices.length).toBeGreaterThanOrEqual(190);
    expect(district.devices.length).toBeLessThanOrEqual(210);
    expect(new Set(district.devices.map(({ kind }) => kind)).size).toBe(12);
    expect(new Set(district.devices.map(({ key }) => key)).size).toBe(district.devices.length);
    for (const { key, ...profile } of district.devices) {
      expect(deviceProfile.parse(profile)).toEqual(profile);
      const boundary = boundaryOf.get(profile.areaCode);
      expect([key, boundary && profile.location && containsPoint(boundary, profile.location.lng, profile.location.lat)]).toEqual([key, true]);
    }
  });
});

describe('the rules of the demo district', () => {
  it('are sound, and speak of metrics that their kind of device has', () => {
    for (const { definition } of district.rules) {
      const { scope, when, clearWhen } = ruleDefinition.parse(definition);
      const metrics = 'kind' in scope ? kinds.find(({ kind }) => kind === scope.kind)?.metrics.map(({ name }) => name) : [];
      const spoken = [...`${when} ${clearWhen ?? ''}`.matchAll(/reading\.(\w+)/g)].map(([, name]) => name);
      expect(spoken.length).toBeGreaterThan(0);
      expect(metrics).toEqual(expect.arrayContaining(spoken));
    }
  });

  it('cover every kind of device, and a fault lasts as long as its rule waits', () => {
    const minutes = (duration = 'PT0S') => Number(/(\d+)M/.exec(duration)?.[1] ?? 0);
    for (const { kind, fault } of kinds) {
      const own = district.rules.filter(({ definition: { scope } }) => 'kind' in scope && scope.kind === kind);
      expect([kind, own.length > 0]).toEqual([kind, true]);
      expect(own.some(({ definition }) => minutes(definition.for) * 60 < fault.lastsSeconds)).toBe(true);
    }
  });
});
