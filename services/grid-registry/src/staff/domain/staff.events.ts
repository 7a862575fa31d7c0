import type { StaffAvailabilityChanged, StaffChanged, StaffErased, StaffRegistered } from '@brain/contracts';

export type StaffEvent = StaffRegistered | StaffChanged | StaffAvailabilityChanged | StaffErased;
