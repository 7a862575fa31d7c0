import type { RowState } from '../../past/write-states.js';
import { isSameJson } from './same-json.js';

type Row = RowState['row'];

/** What holds now, and since when it is known and does. Times as `instant`, so that they sort as text. */
export interface Standing {
  readonly row: Row;
  readonly recorded_from: string;
  readonly occurred_from: string;
}

/** What held, and until when it was known and did. */
export interface Bygone extends Standing {
  readonly recorded_to: string;
  readonly occurred_to: string;
}

/**
 * What stands after an event, and what is past by it: the same as the trigger of `keep_past` makes of an UPDATE.
 * `times`: the columns that are times, which the same row may tell in two ways. `lateFrom`: heard of late. It holds from then on, instead of what was said of that time until now.
 */
export function succeed(before: Standing, { row, stored }: RowState, times: ReadonlySet<string>): { readonly now: Standing; readonly past?: Bygone; readonly lateFrom?: string } {
  if (isSameRow(before.row, row, times)) return { now: before };
  const occurred = stored.metadata.time;
  // A clock that went backwards: nothing was known before what was known before it.
  const recorded = later(stored.recordedAt, before.recorded_from);
  return {
    now: { row, recorded_from: recorded, occurred_from: occurred },
    past: { ...before, recorded_to: recorded, occurred_to: later(occurred, before.occurred_from) },
    ...(occurred < before.occurred_from ? { lateFrom: occurred } : {}),
  };
}

/** An earlier state, after it was heard that something else held from `occurred` on. */
export function corrected(past: Bygone, occurred: string): Bygone {
  const until = later(past.occurred_from, occurred);
  return past.occurred_to > until ? { ...past, occurred_to: until } : past;
}

function isSameRow(a: Row, b: Row, times: ReadonlySet<string>): boolean {
  return Object.keys(b).every((column) => {
    const [one, other] = [a[column] ?? null, b[column] ?? null];
    return isSameJson(one, other) || (isPlain(one) && isPlain(other) && (times.has(column) ? isSameTime(one, other) : String(one) === String(other)));
  });
}

type Plain = string | number | boolean;

/** A number of 64 bits comes from the database as text. */
function isPlain(value: unknown): value is Plain {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isSameTime(one: Plain, other: Plain): boolean {
  return Date.parse(String(one)) === Date.parse(String(other));
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
