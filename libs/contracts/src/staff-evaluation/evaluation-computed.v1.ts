import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { personal } from '../personal-data/personal-mark.js';
import { code, instant } from '../values.js';

/** One person's value of one indicator with the ids of the events behind it. `value` is null below the minimum sample. */
export const indicatorScore = z.strictObject({
  staffId: z.uuid(),
  name: personal(z.string(), 'person', 'staffId'),
  indicator: code,
  numerator: z.int().min(0),
  denominator: z.int().min(0),
  value: z.number().min(0).max(1).nullable(),
  /** Wilson score interval, 95 %; null without a sample. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  evidence: z.array(z.strictObject({ caseId: z.uuid(), eventId: z.uuid(), counted: z.boolean() })),
});
export type IndicatorScore = z.infer<typeof indicatorScore>;

export const evaluationComputedV1 = defineEvent(
  'staff-evaluation',
  'EvaluationComputed',
  1,
  z.strictObject({
    evaluationId: z.uuid(),
    schemeId: code,
    schemeVersion: z.int().min(1),
    from: instant,
    to: instant,
    asOf: instant,
    /** Cases of these areas were looked at: the scope of who computed it, `*` for everywhere. */
    areaCodes: z.array(code).min(1),
    /** Store position up to which events were read. */
    position: code,
    scores: z.array(indicatorScore),
  }),
);
export type EvaluationComputed = EventOf<typeof evaluationComputedV1>;
