import type { Availability, StaffView } from '@brain/contracts';
import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

export async function listStaff(query: Readonly<Record<string, QueryValue>>): Promise<Page<StaffView>> {
  return (await request('/api/staff', { query })) as Page<StaffView>;
}

export async function getStaff(staffId: string): Promise<StaffView> {
  return (await request(`/api/staff/${staffId}`)) as StaffView;
}

export async function setAvailability(staffId: string, availability: Availability): Promise<void> {
  await request(`/api/staff/${staffId}/availability`, { method: 'POST', body: { availability } });
}
