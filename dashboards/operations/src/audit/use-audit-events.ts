import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { countAuditEvents, getCheckpoint, listAuditEvents } from '../api/audit.js';
import { countQuery, searchQuery, type AuditSearch } from './audit-search.js';
import { sizeOfCheckpoint } from './log-checkpoint.js';

const PAGE = 200;

export function useAuditEvents(search: AuditSearch) {
  const query = searchQuery(search);
  return useInfiniteQuery({
    queryKey: ['audit', 'events', query],
    queryFn: ({ pageParam }) => listAuditEvents({ ...query, cursor: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

export function useAuditCount(search: AuditSearch) {
  const query = countQuery(search);
  return useQuery({ queryKey: ['audit', 'count', query], queryFn: () => countAuditEvents(query) });
}

/** Asked once for the whole list; undefined where there is no log. */
export function useLogSize(): number | undefined {
  const { data } = useQuery({ queryKey: ['audit', 'checkpoint'], queryFn: getCheckpoint, staleTime: 10_000, retry: false });
  return typeof data === 'string' ? sizeOfCheckpoint(data) : undefined;
}
