import type { AreaKind, AreaView, PolygonBoundary } from '@brain/contracts';
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Page } from '../api/page.js';
import { request } from '../api/request.js';

export interface BoundaryFeature {
  readonly type: 'Feature';
  readonly properties: { readonly code: string; readonly name: string; readonly kind: string; readonly invented?: boolean };
  readonly geometry: PolygonBoundary;
}
export interface Boundaries {
  readonly type: 'FeatureCollection';
  readonly features: readonly BoundaryFeature[];
}

/** Areas change a few times a year. */
const RARELY = 60 * 60_000;

async function fetchBoundaries(scope: string, kind: AreaKind): Promise<Boundaries> {
  return (await request(`/api/areas/${scope}/boundaries`, { query: { kind } })) as Boundaries;
}

/** The outlines of one kind in all of `scopes`, as one collection. */
export function useBoundaries(scopes: readonly string[], kind: AreaKind): { data: Boundaries | undefined; error: Error | null } {
  return useQueries({
    queries: scopes.map((scope) => ({ queryKey: ['boundaries', scope, kind], queryFn: () => fetchBoundaries(scope, kind), staleTime: RARELY })),
    combine: joined,
  });
}

function joined(results: readonly UseQueryResult<Boundaries>[]): { data: Boundaries | undefined; error: Error | null } {
  const error = results.find((result) => result.error !== null)?.error ?? null;
  if (results.length === 0 || results.some(({ data }) => data === undefined)) return { data: undefined, error };
  return { data: { type: 'FeatureCollection', features: results.flatMap(({ data }) => data?.features ?? []) }, error };
}

/** A product for more counties than this has accounts that name theirs. */
const MOST_COUNTIES = 20;

/** The codes of the counties there are; undefined: not known, or not asked for. */
export function useCounties(isWanted: boolean): readonly string[] | undefined {
  const { data } = useQuery({
    queryKey: ['counties'],
    queryFn: async () => (await request('/api/areas', { query: { kind: 'county', limit: MOST_COUNTIES } })) as Page<AreaView>,
    select: ({ items }) => items.map(({ code }) => code),
    enabled: isWanted,
    staleTime: RARELY,
  });
  return data;
}

export function useArea(code: string | null): UseQueryResult<AreaView> {
  return useQuery({
    queryKey: ['area', code],
    queryFn: async () => (await request(`/api/areas/${code ?? ''}`)) as AreaView,
    enabled: code !== null,
    staleTime: RARELY,
  });
}
