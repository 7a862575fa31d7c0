import type { DifferenceReason, TableComparison } from '@brain/event-store';

type Compared = Pick<TableComparison, 'table' | 'identical' | 'reason'> & { readonly service: string };

const WHY: Readonly<Record<DifferenceReason, string>> = {
  'earlier-version': 'were begun by an earlier version of the product, before tables kept how they are made',
  'made-otherwise': 'were made by an earlier version: their columns, the types of events in them or the version of their projection have changed since',
  unexplained: 'were made by this version and differ all the same: something other than events has changed them, or the product has a fault',
};
/** The usual first. */
const ORDER: readonly DifferenceReason[] = ['earlier-version', 'made-otherwise', 'unexplained'];

/** What a replay has found, for a person: how many tables differ, why, and what to do about it. */
export function replayFindings(compared: readonly Compared[], isSwapped: boolean): readonly string[] {
  const different = compared.filter(({ identical }) => !identical);
  if (different.length === 0) return [`All ${String(compared.length)} read tables are identical to what the events say.`];
  const reasons = ORDER.flatMap((reason) => {
    const tables = different.filter((table) => table.reason === reason);
    return tables.length === 0 ? [] : [`  ${String(tables.length)} ${WHY[reason]}: ${namesOf(tables)}`];
  });
  return [`${String(different.length)} of ${String(compared.length)} read tables differ from what the events say.`, ...reasons, ...remedy(different, isSwapped)];
}

function remedy(different: readonly Compared[], isSwapped: boolean): readonly string[] {
  const isStrange = different.some(({ reason }) => reason === 'unexplained');
  if (isSwapped) return ['The rebuilt tables are in their place now.'];
  const first = isStrange ? ['Before that, keep the unexplained tables for an investigation: npm run brain -- backup DIR'] : [];
  return ['Put the rebuilt ones in their place with: npm run brain -- replay --swap', ...first];
}

function namesOf(tables: readonly Compared[]): string {
  const services = [...new Set(tables.map(({ service }) => service))];
  const tablesOf = (owner: string) => tables.filter(({ service }) => service === owner).map(({ table }) => table);
  return services.map((service) => `${tablesOf(service).join(', ')} (${service})`).join('; ');
}
