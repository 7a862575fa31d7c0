import type { Availability } from '../values.js';
import type { StaffProfile } from './staff-registered.v1.js';

export interface StaffView extends StaffProfile {
  readonly staffId: string;
  readonly availability: Availability;
  readonly revision: number;
}

export interface AreaView {
  readonly code: string;
  readonly kind: string;
  readonly name: string;
  readonly parentCode: string | null;
  readonly hasBoundary: boolean;
}
