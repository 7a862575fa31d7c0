import type { StaffAvailabilityChanged, StaffChanged, StaffRegistered } from '@brain/contracts';

export type StaffEvent = StaffRegistered | StaffChanged | StaffAvailabilityChanged;
