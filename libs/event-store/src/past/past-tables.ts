import type { Projection } from '../projection.port.js';

/** Where the earlier states of a read table are. */
export function pastTableOf(table: string): string {
  return `${table}_past`;
}

/** The index of its earlier states by key, as `keep_past` names it. */
export function pastKeyOf(table: string): string {
  return `${pastTableOf(table)}_key`;
}

/** All tables that a projection's events end up in. */
export function allTablesOf({ tables, past = [] }: Pick<Projection, 'tables' | 'past'>): readonly string[] {
  return [...tables, ...past.map(pastTableOf)];
}
