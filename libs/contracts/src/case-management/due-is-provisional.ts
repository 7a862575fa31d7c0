import { z } from 'zod';

/** Beside a due time in working time that lies beyond the holidays that the calendar knows; absent else. */
export const dueIsProvisional = z.literal(true).optional();
