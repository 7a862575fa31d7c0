import type { ReplayComposition } from '@brain/event-store';
import { areaBoundaryProjection } from './areas/area-boundary.projection.js';
import { areaListProjection } from './areas/area-list.projection.js';
import { erasureListProjection } from './erasures/erasure-list.projection.js';
import { forgottenWearerProjection } from './erasures/forgotten-wearer.projection.js';
import { wearerCopyProjection } from './erasures/wearer-copy.projection.js';
import { staffListProjection } from './staff/staff-list.projection.js';

/** What this service shows, all of it derived from events. */
export const readTables = {
  service: 'grid-registry',
  schema: 'grid_registry',
  projections: [areaListProjection, areaBoundaryProjection, staffListProjection, erasureListProjection, wearerCopyProjection, forgottenWearerProjection],
} as const satisfies ReplayComposition;
