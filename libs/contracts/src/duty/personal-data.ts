import { z } from 'zod';
import { areaCode } from '../values.js';
import { clientAddress, counted, refusalCode, targetId } from './duty-fields.js';

/** What was read of people. A route that answers with such data is marked with one of these. */
export const PERSONAL_DATA_KINDS = [
  'staff',
  'workload',
  'case',
  'alert',
  'device',
  'evaluation',
  'audit-record',
  'evidence',
  'account',
  'dead-letter',
  'refused-message',
  'room',
] as const;
export const personalDataKind = z.enum(PERSONAL_DATA_KINDS);
export type PersonalDataKind = z.infer<typeof personalDataKind>;

/** Who read it is the actor of the event. What was searched for is not kept, only by which fields. */
export const personalDataAnswer = z.strictObject({
  kind: personalDataKind,
  /** One person, case, evaluation …; null: a list. */
  target: targetId.nullable(),
  /** Names of the filters in use. */
  filters: z.array(z.string().regex(/^[\w.-]{1,40}$/)).max(30),
  areaCode: areaCode.nullable(),
  /** How many were shown; null where the answer is a stream. */
  records: z.int().min(0).nullable(),
  result: z.enum(['given', 'refused']),
  /** Why it was refused; null when it was given. */
  code: refusalCode.nullable(),
  address: clientAddress,
  ...counted,
});
