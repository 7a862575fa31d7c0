import type { PolygonBoundary } from '@brain/contracts';

export interface BoundaryEdition {
  readonly edition: number;
  readonly validFrom: string;
  readonly invented: boolean;
  readonly boundary: PolygonBoundary;
}

export type AreaState =
  | { readonly status: 'absent' }
  | { readonly status: 'registered'; readonly name: string; readonly editions: readonly BoundaryEdition[] };

/** Before every event: the first edition of an outline holds from here when nothing else is said. */
export const BEGINNING = '1970-01-01T00:00:00.000Z';

/** The editions that hold at `from` or at any time after it. ISO instants in UTC sort as text. */
export function editionsSince(state: AreaState, from: string): readonly BoundaryEdition[] {
  if (state.status === 'absent') return [];
  return state.editions.filter((_, i) => {
    const next = state.editions[i + 1];
    return next === undefined || next.validFrom > from;
  });
}

/** The edition that holds at that instant. */
export function editionAt(state: AreaState, at: string): BoundaryEdition | undefined {
  return state.status === 'absent' ? undefined : state.editions.findLast(({ validFrom }) => validFrom <= at);
}
