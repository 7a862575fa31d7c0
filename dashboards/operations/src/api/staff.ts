import type { Availability, StaffName, StaffView } from '@brain/contracts';
import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

export async function listStaff(query: Readonly<Record<string, QueryValue>>): Promise<Page<StaffView>> {
  return (await request('/api/staff', { query })) as Page<StaffView>;
}

/** For security administrators: whom an account may speak for. */
export async function listStaffNames(query: Readonly<Record<string, QueryValue>>): Promise<Page<StaffName>> {
  return (await request('/api/staff/names', { query })) as Page<StaffName>;
}

export async function getStaff(staffId: string): Promise<StaffView> {
  return (await request(`/api/staff/${staffId}`)) as StaffView;
}

export async function setAvailability(staffId: string, availability: Availability): Promise<void> {
  await request(`/api/staff/${staffId}/availability`, { method: 'POST', body: { availability } });
}
