import type { PastAxis, PastChanges, PastRoom, StaffWorkload } from '@brain/contracts';
import type { Page } from './page.js';
import { request } from './request.js';

/** For `?at=&as=`; without: as it is now. */
export interface Moment {
  readonly at?: string;
  readonly as?: PastAxis;
}

const PAGE = 500;

export async function getPastRoom(at: number, as: PastAxis, signal: AbortSignal): Promise<PastRoom> {
  return (await request('/api/audit/room', { query: { at: iso(at), as }, signal })) as PastRoom;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly cursor: string | null;
  readonly limit?: number;
}

/** What changed after `from` and up to `to`, in order of time, a page of it. */
export async function listPastChanges({ from, to, cursor, limit = PAGE }: Stretch, as: PastAxis, signal: AbortSignal): Promise<PastChanges> {
  const query = { from: iso(from), to: iso(to), as, limit, cursor };
  return (await request('/api/audit/room/changes', { query, signal })) as PastChanges;
}

/** Everybody's load at a moment. */
export async function listPastWorkload(at: number, as: PastAxis, signal: AbortSignal): Promise<readonly StaffWorkload[]> {
  const all: StaffWorkload[] = [];
  let cursor: string | null = null;
  do {
    const query = { at: iso(at), as, limit: PAGE, cursor };
    const page = (await request('/api/staff/workload', { query, signal })) as Page<StaffWorkload>;
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

const iso = (time: number): string => new Date(time).toISOString();
