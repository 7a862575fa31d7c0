import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** After it was broken: store, log and signature agree again. */
export const recordFoundWholeV1 = defineEvent('audit', 'RecordFoundWhole', 1, z.strictObject({ treeSize: z.int().min(0), at: instant }));
export type RecordFoundWhole = EventOf<typeof recordFoundWholeV1>;
