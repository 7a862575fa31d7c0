import { areaCode, availability, role, staffProfile } from '@brain/contracts';
import { listQuery } from '@brain/service-kit';
import { z } from 'zod';

const ORDINARY_POST = '网格员';

/** What a client sends: skills and post may be left out. */
export const staffBody = staffProfile.extend({
  name: z.string().trim().min(1).max(100),
  skills: z.array(z.string().trim().min(1)).default([]),
  post: z.string().trim().min(1).default(ORDINARY_POST),
});
export const newStaffBody = staffBody.extend({ availability: availability.default('off-duty') });
export const availabilityBody = z.strictObject({ availability });
export const staffNamesQuery = listQuery.extend({ q: z.string().min(1).max(100).optional() });
export const staffQuery = listQuery.extend({
  area: areaCode.optional(),
  availability: availability.optional(),
  role: role.optional(),
  q: z.string().min(1).max(100).optional(),
});
