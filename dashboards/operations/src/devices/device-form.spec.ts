import { describe, expect, it } from '@jest/globals';
import type { DeviceView } from '@brain/contracts';
import { changeOf, changesSince, formOf, keepsFormerName, mergedForm, profileOf } from './device-form.js';

const [ANA, BEN] = ['018f0000-0000-7000-8000-0000000000a1', '018f0000-0000-7000-8000-0000000000a2'];
const mounted: DeviceView = {
  deviceId: '018f0000-0000-7000-8000-000000000002', name: '王芳的手环', kind: 'wristband', areaCode: '440305001001', location: { lng: 113.91, lat: 22.53 },
  state: 'registered', online: true, lastSeenAt: null, revision: 3,
};
const band: DeviceView = { ...mounted, wearerId: ANA };

describe('the form of a device', () => {
  it('says what the device is, and says the same back', () => {
    expect(profileOf(formOf(band))).toEqual({ name: band.name, kind: band.kind, areaCode: band.areaCode, location: band.location, wearerId: ANA });
    expect(changeOf(band, formOf(band))).toEqual({});
    expect(changeOf(mounted, formOf(mounted))).toEqual({});
  });

  it('has no place without both numbers, and nobody who wears it when that is empty', () => {
    expect(profileOf({ name: 'n', kind: 'k', areaCode: 'a', location: { lng: 1, lat: null } })).toMatchObject({ location: null, wearerId: null });
  });

  it.each([
    ['goes on to another', { ...formOf(band), wearerId: BEN }, { wearerId: BEN }],
    ['is given back', { ...formOf(band), wearerId: null }, { wearerId: null }],
    ['gets another name and place', { ...formOf(band), name: 'n', location: { lng: null, lat: null } }, { name: 'n', location: null }],
  ])('changes only what is other than before, when the device %s', (_, form, expected) => {
    expect(changeOf(band, form)).toEqual(expected);
  });
});

describe('a device that somebody else changed', () => {
  it('shows that field by field', () => {
    expect(changesSince(band, { ...band, wearerId: BEN, name: 'n', revision: 5 })).toEqual([
      { field: 'name', before: band.name, now: 'n' },
      { field: 'wearerId', before: ANA, now: BEN },
    ]);
  });

  it('is the same when it only came or went', () => {
    expect(changesSince(band, { ...band, online: false, revision: 7 })).toEqual([]);
    expect(changesSince(mounted, { ...mounted, wearerId: null, revision: 7 })).toEqual([]);
  });
});

describe('a form that is kept although somebody else changed the device', () => {
  it('keeps what the user changed, and takes the rest from the other', () => {
    const now = { ...band, wearerId: BEN, kind: 'watch', name: 'theirs', revision: 5 };
    expect(mergedForm(band, now, { ...formOf(band), name: 'mine', location: { lng: null, lat: null } })).toEqual({ ...formOf(now), name: 'mine', location: { lng: null, lat: null } });
    expect(mergedForm(band, now, formOf(band))).toEqual(formOf(now));
  });
});

describe('the name of a worn device', () => {
  it.each([
    ['is of the former wearer, when it goes on under it', { name: band.name, wearerId: BEN }, true],
    ['is so too when it is given back', { name: band.name, wearerId: null }, true],
    ['is not, when it was changed', { name: 'n', wearerId: BEN }, false],
    ['is not, as long as it is theirs', { name: band.name, wearerId: ANA }, false],
  ])('%s', (_, form, expected) => expect(keepsFormerName(band, form)).toBe(expected));

  it('was nobody’s before there was a wearer', () => expect(keepsFormerName(mounted, { name: band.name, wearerId: ANA })).toBe(false));
});
