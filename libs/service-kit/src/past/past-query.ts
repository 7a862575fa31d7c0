import { DomainError, type PastAxis } from '@brain/contracts';
import type { Past } from './past.js';

/** A read table whose earlier states are kept. */
export interface KeptTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Nothing is known of before; null: kept since the first event. */
  readonly since: Date | null;
}

export interface PastQuery {
  readonly text: string;
  readonly params: readonly unknown[];
}

const HELD: Readonly<Record<PastAxis, { readonly from: string; readonly to: string }>> = {
  recorded: { from: 'recorded_from', to: 'recorded_to' },
  occurred: { from: 'occurred_from', to: 'occurred_to' },
};

/**
 * The same query over the states of that moment: each table it names is put in front of it under the same name. The
 * search path must not lead to the tables themselves, so that a table whose past is not kept is an error and never
 * an answer of now.
 * @throws DomainError PAST_NOT_KEPT
 */
export function pastQuery(schema: string, kept: readonly KeptTable[], { at, as }: Past, query: PastQuery): PastQuery {
  if (/^\s*with\b/i.test(query.text)) throw new Error('A query that answers the past cannot begin with WITH');
  const named = kept.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(query.text));
  for (const { since } of named) requireKept(since, at);
  const moment = `$${String(query.params.length + 1)}::timestamptz`;
  const { from, to } = HELD[as];
  const states = named.map(({ name, columns }) => {
    const list = columns.map(quoted).join(', ');
    return `${quoted(name)} AS NOT MATERIALIZED (
      SELECT ${list} FROM ${quoted(schema)}.${quoted(name)} WHERE ${from} <= ${moment}
      UNION ALL
      SELECT ${list} FROM ${quoted(schema)}.${quoted(`${name}_past`)} WHERE ${from} <= ${moment} AND ${to} > ${moment})`;
  });
  if (states.length === 0) return query;
  return { text: `WITH ${states.join(', ')} ${query.text}`, params: [...query.params, at] };
}

/** @throws DomainError PAST_NOT_KEPT when `at` is before `since`; null: everything is known. */
export function requireKept(since: Date | null, at: string, path = 'at'): void {
  if (since === null || Date.parse(at) >= since.getTime()) return;
  const earliest = since.toISOString();
  throw new DomainError('PAST_NOT_KEPT', `What was known before ${earliest} is not at hand; brain replay --swap makes it from the record`, [
    { path, message: `is before ${earliest}` },
  ]);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
