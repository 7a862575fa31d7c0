import { requireSeparatedRoles, type Availability, type StaffProfile } from '@brain/contracts';
import { DomainError, type Decider } from '@brain/event-store/pure';
import type { EraseStaff, StaffCommand } from './staff.commands.js';
import type { StaffEvent } from './staff.events.js';

export type StaffState =
  | { readonly status: 'absent' }
  /** Nobody knows any more who it was; the id is never given to anybody else. */
  | { readonly status: 'erased' }
  | { readonly status: 'registered'; readonly profile: StaffProfile; readonly availability: Availability };

/** Nobody is dispatched to whom nothing can be sent. */
const AFTER_ERASURE: Availability = 'unavailable';
/** Whoever is new has not come on duty yet. */
const AT_FIRST: Availability = 'off-duty';

export const staffDecider: Decider<StaffState, StaffCommand, StaffEvent> = {
  initial: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'RegisterStaff': {
        const { staffId, profile, availability, now } = command;
        if (state.status === 'erased') throw erased();
        if (state.status === 'registered') {
          if (isSame(state.profile, profile)) return [];
          throw new DomainError('STAFF_ALREADY_REGISTERED', `${staffId} is registered with another profile`);
        }
        requireSeparatedRoles(profile.roles);
        const registered: StaffEvent = { type: 'StaffRegistered', data: { staffId, ...profile } };
        return availability === AT_FIRST ? [registered] : [registered, availabilityChanged(staffId, availability, now)];
      }
      case 'ChangeStaff':
        if (isSame(requireRegistered(state).profile, command.profile)) return [];
        requireSeparatedRoles(command.profile.roles);
        return [{ type: 'StaffChanged', data: { staffId: command.staffId, ...command.profile } }];
      case 'SetAvailability':
        if (requireRegistered(state).availability === command.availability) return [];
        return [availabilityChanged(command.staffId, command.availability, command.now)];
      case 'EraseStaff':
        return erase(command, state);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'StaffRegistered':
      case 'StaffChanged': {
        const { name, roles, areaCodes, skills, post } = event.data;
        const availability = state.status === 'registered' ? state.availability : AT_FIRST;
        return { status: 'registered', profile: { name, roles, areaCodes, skills, post }, availability };
      }
      case 'StaffAvailabilityChanged':
        return state.status === 'registered' ? { ...state, availability: event.data.availability } : state;
      case 'StaffErased':
        return { status: 'erased' };
    }
  },
};

function erase({ staffId, now }: EraseStaff, state: StaffState): readonly StaffEvent[] {
  if (state.status !== 'registered') return [];
  const gone: StaffEvent = { type: 'StaffErased', data: { staffId, at: now } };
  return state.availability === AFTER_ERASURE ? [gone] : [availabilityChanged(staffId, AFTER_ERASURE, now), gone];
}

function erased(): DomainError {
  return new DomainError('STAFF_ERASED', 'This member of staff was erased');
}

export function staffUnknown(): DomainError {
  return new DomainError('STAFF_UNKNOWN', 'There is no such member of staff');
}

/** Refuses with STAFF_UNKNOWN, STAFF_ERASED. */
export function requireRegistered(state: StaffState) {
  if (state.status === 'erased') throw erased();
  if (state.status === 'absent') throw staffUnknown();
  return state;
}

function availabilityChanged(staffId: string, availability: Availability, at: string): StaffEvent {
  return { type: 'StaffAvailabilityChanged', data: { staffId, availability, at } };
}

function isSame(a: StaffProfile, b: StaffProfile): boolean {
  const parts = ({ name, roles, areaCodes, skills, post }: StaffProfile) => JSON.stringify([name, roles, areaCodes, skills, post]);
  return parts(a) === parts(b);
}
