import { readCsv, type CsvRow } from '../../uploads/csv-table.js';
import type { ImportItem, ReadFile, Refusal } from './import-item.js';

/** Columns code and name; others are ignored. */
export async function readAreaCsv(bytes: Uint8Array): Promise<ReadFile> {
  const rows = await readCsv(bytes, ['code', 'name']);
  const [items, refused]: [ImportItem[], Refusal[]] = [[], []];
  for (const row of rows) {
    const fault = faultOf(row);
    if (fault === null) items.push(itemOf(row));
    else refused.push({ line: row.line, code: 'CSV_MALFORMED', ...fault });
  }
  return { items, refused };
}

function faultOf({ cells, isWhole }: CsvRow): { path: string; message: string } | null {
  if (!isWhole) return { path: 'line', message: 'has not as many cells as the header' };
  const empty = ['code', 'name'].find((column) => !cells[column]);
  return empty === undefined ? null : { path: empty, message: 'is empty' };
}

function itemOf({ line, cells: { code = '', name = '' } }: CsvRow): ImportItem {
  return { place: { line }, code, name, boundary: null, validFrom: null, invented: false };
}
