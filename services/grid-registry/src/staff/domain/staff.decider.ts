import { requireSeparatedRoles, type Availability, type StaffProfile } from '@brain/contracts';
import { DomainError, type Decider } from '@brain/event-store/pure';
import type { StaffCommand } from './staff.commands.js';
import type { StaffEvent } from './staff.events.js';

export type StaffState =
  | { readonly status: 'absent' }
  | { readonly status: 'registered'; readonly profile: StaffProfile; readonly availability: Availability };

/** Whoever is new has not come on duty yet. */
const AT_FIRST: Availability = 'off-duty';

export const staffDecider: Decider<StaffState, StaffCommand, StaffEvent> = {
  initial: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'RegisterStaff': {
        const { staffId, profile, availability, now } = command;
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
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'StaffRegistered':
      case 'StaffChanged': {
        const { name, roles, areaCodes, skills, post } = event.data;
        const availability = state.status === 'absent' ? AT_FIRST : state.availability;
        return { status: 'registered', profile: { name, roles, areaCodes, skills, post }, availability };
      }
      case 'StaffAvailabilityChanged':
        return state.status === 'absent' ? state : { ...state, availability: event.data.availability };
    }
  },
};

/** Refuses with STAFF_UNKNOWN. */
export function requireRegistered(state: StaffState) {
  if (state.status === 'absent') throw new DomainError('STAFF_UNKNOWN', 'There is no such member of staff');
  return state;
}

function availabilityChanged(staffId: string, availability: Availability, at: string): StaffEvent {
  return { type: 'StaffAvailabilityChanged', data: { staffId, availability, at } };
}

function isSame(a: StaffProfile, b: StaffProfile): boolean {
  const parts = ({ name, roles, areaCodes, skills, post }: StaffProfile) => JSON.stringify([name, roles, areaCodes, skills, post]);
  return parts(a) === parts(b);
}
