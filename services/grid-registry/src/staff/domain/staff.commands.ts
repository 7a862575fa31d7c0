import type { Availability, StaffProfile } from '@brain/contracts';

export interface RegisterStaff {
  readonly type: 'RegisterStaff';
  readonly staffId: string;
  readonly profile: StaffProfile;
  readonly availability: Availability;
  readonly now: string;
}

export interface ChangeStaff {
  readonly type: 'ChangeStaff';
  readonly staffId: string;
  readonly profile: StaffProfile;
}

export interface SetAvailability {
  readonly type: 'SetAvailability';
  readonly staffId: string;
  readonly availability: Availability;
  readonly now: string;
}

/** Follows from an erasure that two people agreed on: there is nothing left to decide. */
export interface EraseStaff {
  readonly type: 'EraseStaff';
  readonly staffId: string;
  readonly now: string;
}

export type StaffCommand = RegisterStaff | ChangeStaff | SetAvailability | EraseStaff;
