import type { Availability } from '../values.js';
import type { StaffProfile } from './staff-registered.v1.js';

export interface StaffView extends StaffProfile {
  readonly staffId: string;
  readonly availability: Availability;
  readonly revision: number;
}

/** GET /api/staff/names: whom an account may speak for, and nothing else of them. */
export type StaffName = Pick<StaffView, 'staffId' | 'name' | 'post'>;

export interface AreaView {
  readonly code: string;
  readonly kind: string;
  readonly name: string;
  readonly parentCode: string | null;
  readonly hasBoundary: boolean;
}
