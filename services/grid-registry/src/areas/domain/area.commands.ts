import type { AreaKind, PolygonBoundary } from '@brain/contracts';

export interface RegisterArea {
  readonly type: 'RegisterArea';
  readonly code: string;
  readonly kind: AreaKind;
  readonly name: string;
  readonly parentCode: string | null;
  /** Looked up before: is the parent registered? True for a county, which has none. */
  readonly parentKnown: boolean;
}

export interface RenameArea {
  readonly type: 'RenameArea';
  readonly code: string;
  readonly name: string;
}

export interface DrawBoundary {
  readonly type: 'DrawBoundary';
  readonly code: string;
  /** Sound, tidy and fitting: checked before. */
  readonly boundary: PolygonBoundary;
  /** Null: the first edition holds from the beginning of time, a later one from now. */
  readonly validFrom: string | null;
  readonly invented: boolean;
  readonly now: string;
}

export type AreaCommand = RegisterArea | RenameArea | DrawBoundary;
