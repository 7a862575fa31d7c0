import { readCsv, type CsvFault, type CsvRow } from '@brain/service-kit';
import type { ImportItem, ReadFile, Refusal } from './import-item.js';

/** Columns code and name; others are ignored. */
export async function readAreaCsv(bytes: Uint8Array): Promise<ReadFile> {
  const rows = await readCsv(bytes, ['code', 'name']);
  const [items, refused]: [ImportItem[], Refusal[]] = [[], []];
  for (const row of rows) {
    const fault = faultOf(row);
    if (fault === null) items.push(itemOf(row));
    else refused.push({ line: row.line, ...fault });
  }
  return { items, refused };
}

function faultOf({ cells, fault }: CsvRow): CsvFault | null {
  if (fault !== null) return fault;
  const empty = ['code', 'name'].find((column) => !cells[column]);
  return empty === undefined ? null : { code: 'CSV_MALFORMED', path: empty, message: 'is empty' };
}

function itemOf({ line, cells: { code = '', name = '' } }: CsvRow): ImportItem {
  return { place: { line }, code, name, boundary: null, validFrom: null, invented: false };
}
