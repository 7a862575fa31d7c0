import type { AlertView, PastChange, PastChanges, PastRoom, StaffWorkload } from '@brain/contracts';
import { alert, worker } from '../live/live.fixture.js';

export const NINE = Date.parse('2026-03-01T09:00:00.000Z');
/** A day later: all of it is past. */
export const LATER = NINE + 24 * 3_600_000;
export const iso = (time: number): string => new Date(time).toISOString();

export function room(at: number, part: Partial<PastRoom> = {}): PastRoom {
  return { at: iso(at), as: 'recorded', alerts: [], cases: [], workload: [], devices: [], ...part };
}

export function raised(at: number, alertId: string, part: Partial<AlertView> = {}): PastChange {
  return { at: iso(at), topic: 'alert', type: 'alert.raised.v1', data: alert(alertId, { raisedAt: iso(at), ...part }) };
}

export const page = (items: readonly PastChange[], nextCursor: string | null = null): PastChanges => ({ items, nextCursor });

export const board = (at: number, load: number): { at: number; workload: StaffWorkload[] } => ({ at, workload: [worker('li', { load })] });
