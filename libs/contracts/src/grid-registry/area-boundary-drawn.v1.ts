import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { areaCode, instant, polygonBoundary } from '../values.js';

/** A new edition of an area's outline, WGS 84, holding from `validFrom`. `invented` marks outlines that are not surveyed. */
export const areaBoundaryDrawnV1 = defineEvent(
  'grid-registry',
  'AreaBoundaryDrawn',
  1,
  z.strictObject({
    code: areaCode,
    edition: z.int().min(1),
    validFrom: instant,
    invented: z.boolean(),
    boundary: polygonBoundary,
  }),
);
export type AreaBoundaryDrawn = EventOf<typeof areaBoundaryDrawnV1>;
