import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** The self-check compared the store with the signed log and found that one of them was changed. */
export const recordFoundBrokenV1 = defineEvent(
  'audit',
  'RecordFoundBroken',
  1,
  z.strictObject({
    /** What is wrong, e.g. `RECORD_CHANGED`, `RECORD_SHORT`, `TILE_MISMATCH`. */
    code: z.string().regex(/^[A-Z_]{1,60}$/),
    /** The first bad entry of the log, from 0; null: no single one stands out. */
    leafIndex: z.int().min(0).nullable(),
    /** Entries of the checkpoint that was checked. */
    treeSize: z.int().min(0),
    at: instant,
  }),
);
export type RecordFoundBroken = EventOf<typeof recordFoundBrokenV1>;
