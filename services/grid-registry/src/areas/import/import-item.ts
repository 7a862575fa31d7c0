import type { PolygonBoundary } from '@brain/contracts';

/** Where in the file: a line of a CSV (the header is line 1) or the index of a GeoJSON feature. */
export type Place = { readonly line: number } | { readonly index: number };

/** One row or feature, as asked for. */
export interface ImportItem {
  readonly place: Place;
  readonly code: string;
  /** Null: leave the name as it is. */
  readonly name: string | null;
  readonly boundary: PolygonBoundary | null;
  readonly validFrom: string | null;
  readonly invented: boolean;
}

/** Why a row or feature was not taken, and which part of it is to blame. */
export type Refusal = Place & { readonly code: string; readonly path: string; readonly message: string };

/** A file, read: what it asks for and what could not be understood. */
export interface ReadFile {
  readonly items: readonly ImportItem[];
  readonly refused: readonly Refusal[];
}
