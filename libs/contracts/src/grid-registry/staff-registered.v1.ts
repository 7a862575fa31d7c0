import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { notPersonal, personal } from '../personal-data/personal-mark.js';
import { areaCode, role } from '../values.js';

/** Posts of the field: grid worker 网格员, grid leader 网格长, community secretary, street dispatcher … free text from the register. */
export const staffProfile = z.strictObject({
  name: personal(z.string().min(1).max(100), 'person', 'staffId'),
  roles: z.array(role).min(1),
  areaCodes: z.array(areaCode).min(1),
  skills: notPersonal(z.array(z.string().min(1)), 'a word for a kind of work'),
  post: notPersonal(z.string().min(1), 'the name of a post, held by many'),
});
export type StaffProfile = z.infer<typeof staffProfile>;

export const staffRegisteredV1 = defineEvent(
  'grid-registry',
  'StaffRegistered',
  1,
  staffProfile.extend({ staffId: z.uuid() }),
);
export type StaffRegistered = EventOf<typeof staffRegisteredV1>;
