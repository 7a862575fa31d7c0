import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, instant } from '../values.js';

/** The log is signed with another key from now on; the one before said so in a statement that both signed. */
export const logKeyRotatedV1 = defineEvent(
  'audit',
  'LogKeyRotated',
  1,
  z.strictObject({
    /** The name of the log. */
    origin: code,
    previousKeyId: code,
    nextKeyId: code,
    /** The new key as verifiers write it. */
    vkey: code,
    at: instant,
  }),
);
export type LogKeyRotated = EventOf<typeof logKeyRotatedV1>;
