import { describe, it } from '@jest/globals';
import type { StaffProfile } from '@brain/contracts';
import { scenario } from '@brain/testing';
import type { ChangeStaff } from './staff.commands.js';
import { staffDecider } from './staff.decider.js';
import type { StaffEvent } from './staff.events.js';

const { given } = scenario(staffDecider);
const staffId = '0b1f7f4e-94b5-4d0d-8e2c-3a9a3f0c5d21';
const now = '2026-03-01T00:00:00.000Z';
const profile: StaffProfile = { name: '陈静', roles: ['grid-worker'], areaCodes: ['440305001001'], skills: ['lift'], post: '网格员' };
const registered: StaffEvent = { type: 'StaffRegistered', data: { staffId, ...profile } };
const onDuty: StaffEvent = { type: 'StaffAvailabilityChanged', data: { staffId, availability: 'on-duty', at: now } };

describe('registering a member of staff', () => {
  const register = { type: 'RegisterStaff', staffId, profile, availability: 'off-duty', now } as const;

  it('records the profile; who is new is off duty', () => given().when(register).expectEvents(registered));
  it('records the availability when it is another', () =>
    given().when({ ...register, availability: 'on-duty' }).expectEvents(registered, onDuty));
  it('changes nothing the second time', () => given(registered).when(register).expectEvents());
  it('is refused with another profile', () =>
    given(registered).when({ ...register, profile: { ...profile, name: '李强' } }).expectRejection('STAFF_ALREADY_REGISTERED'));
});

describe('the roles of a member of staff', () => {
  const both: StaffProfile = { ...profile, roles: ['administrator', 'auditor'] };

  it('cannot be two of the separated ones', () => {
    given().when({ type: 'RegisterStaff', staffId, profile: both, availability: 'off-duty', now }).expectRejection('ROLES_NOT_SEPARATED');
    given(registered).when({ type: 'ChangeStaff', staffId, profile: both }).expectRejection('ROLES_NOT_SEPARATED');
  });
});

describe('changing a member of staff', () => {
  const change: ChangeStaff = { type: 'ChangeStaff', staffId, profile: { ...profile, skills: ['lift', 'mediation'] } };

  it('records the whole new profile', () =>
    given(registered).when(change).expectEvents({ type: 'StaffChanged', data: { staffId, ...change.profile } }));
  it('changes nothing when the profile is that already', () => given(registered).when({ ...change, profile }).expectEvents());
  it('is refused for an unknown person', () => given().when(change).expectRejection('STAFF_UNKNOWN'));
});

describe('erasing a member of staff', () => {
  const erase = { type: 'EraseStaff', staffId, now } as const;
  const away: StaffEvent = { type: 'StaffAvailabilityChanged', data: { staffId, availability: 'unavailable', at: now } };
  const erased: StaffEvent = { type: 'StaffErased', data: { staffId, at: now } };

  it('takes the person off duty for ever', () => given(registered, onDuty).when(erase).expectEvents(away, erased));
  it('changes nothing the second time, nor for somebody unknown', () => {
    given(registered, away, erased).when(erase).expectEvents();
    given().when(erase).expectEvents();
  });
  it('lets nothing be said about the person any more', () => {
    given(registered, away, erased).when({ type: 'ChangeStaff', staffId, profile }).expectRejection('STAFF_ERASED');
    given(registered, away, erased).when({ type: 'SetAvailability', staffId, availability: 'on-duty', now }).expectRejection('STAFF_ERASED');
    given(registered, away, erased).when({ type: 'RegisterStaff', staffId, profile, availability: 'on-duty', now }).expectRejection('STAFF_ERASED');
  });
});

describe('coming on duty', () => {
  const come = { type: 'SetAvailability', staffId, availability: 'on-duty', now } as const;

  it('records when', () => given(registered).when(come).expectEvents(onDuty));
  it('changes nothing when on duty already', () => given(registered, onDuty).when(come).expectEvents());
  it('is refused for an unknown person', () => given().when(come).expectRejection('STAFF_UNKNOWN'));
});
