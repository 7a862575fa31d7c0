import { z } from 'zod';
import { instant } from '../values.js';

/** From where; null when the request did not come over the network, or nothing says. */
export const clientAddress = z.union([z.ipv4(), z.ipv6()]).nullable();

/** A stable SCREAMING_SNAKE code. What the caller saw may say less: a thing outside one's areas is answered as one that is not there. */
export const refusalCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,99}$/);

/** An id of ours; text that is none is left out of the record, for it may be anything. */
export const targetId = z.string().regex(/^[\w-]{1,100}$/);

/**
 * One thing is one record. What comes too often (a flood of guesses, a screen that asks again and again) is counted
 * instead: `count` times from `since` until the time of the event.
 */
export const counted = { count: z.int().min(1), since: instant };
