import type { AreaBoundaryDrawn, AreaRegistered, AreaRenamed } from '@brain/contracts';

export type AreaEvent = AreaRegistered | AreaRenamed | AreaBoundaryDrawn;
