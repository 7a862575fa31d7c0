import type { AreaKind, PolygonBoundary } from '@brain/contracts';

export interface DemoArea {
  readonly code: string;
  readonly kind: AreaKind;
  readonly name: string;
  /** Micro-grids have none. */
  readonly boundary: PolygonBoundary | null;
  /** Everything but the outline of the county. */
  readonly invented: boolean;
}
