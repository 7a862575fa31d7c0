import { CsvError, parse, type Info } from 'csv-parse';
import { DomainError } from '@brain/contracts';
import { decodeText, isCleanText } from './decode-text.js';

export interface CsvRow {
  /** Counting from 1, the header. */
  readonly line: number;
  /** By the names of the header, without blanks at their ends; '' where the row has no such cell. */
  readonly cells: Readonly<Record<string, string>>;
  /** Why the row cannot be taken; the other rows can. */
  readonly fault: CsvFault | null;
}

export interface CsvFault {
  readonly code: 'CSV_MALFORMED' | 'CSV_ENCODING_UNKNOWN';
  readonly path: string;
  readonly message: string;
}

/** What spreadsheets write between cells, by country and by mistake. */
const SEPARATORS = [',', ';', '\t', '，'] as const;

/**
 * Rows of a CSV (RFC 4180) with a header, in any encoding of `decodeText` and with any of the separators that spreadsheets
 * write. Refuses the whole file with CSV_MALFORMED, CSV_ENCODING_UNKNOWN, CSV_COLUMN_MISSING or CSV_COLUMN_DUPLICATE, each
 * with its line or column; a row that has not the cells of the header, or a bad character, has a fault of its own.
 */
export async function readCsv(bytes: Uint8Array, required: readonly string[]): Promise<readonly CsvRow[]> {
  const text = decodeText(bytes);
  const records = await recordsOf(text, separatorOf(text, required));
  const header = records[0]?.record.map((name) => name.trim()) ?? [];
  checkHeader(header, required);
  return records.slice(1).map(({ record, line }) => ({
    line,
    cells: Object.fromEntries(header.map((name, i) => [name, record[i]?.trim() ?? ''])),
    fault: faultOf(record, header.length),
  }));
}

function checkHeader(header: readonly string[], required: readonly string[]): void {
  const missing = required.find((column) => !header.includes(column));
  if (missing !== undefined) throw refused('CSV_COLUMN_MISSING', missing, 'is not a column of the file');
  const twice = header.find((name, i) => name !== '' && header.indexOf(name) !== i);
  if (twice !== undefined) throw refused('CSV_COLUMN_DUPLICATE', twice, 'is a column of the file twice');
}

function faultOf(record: readonly string[], columns: number): CsvFault | null {
  if (record.length !== columns) {
    return { code: 'CSV_MALFORMED', path: 'line', message: `has ${String(record.length)} cells, the header has ${String(columns)}` };
  }
  const bad = record.findIndex((cell) => !isCleanText(cell));
  if (bad === -1) return null;
  return { code: 'CSV_ENCODING_UNKNOWN', path: `column ${String(bad + 1)}`, message: 'has a character that is not of the file’s encoding' };
}

/** The one that separates most of the columns that must be there. */
function separatorOf(text: string, required: readonly string[]): string {
  const header = text.split(/\r?\n/u, 1)[0] ?? '';
  const found = (separator: string) => {
    const names = header.split(separator).map((name) => name.trim().replaceAll(/^"|"$/gu, ''));
    return required.filter((column) => names.includes(column)).length;
  };
  return SEPARATORS.reduce<string>((best, one) => (found(one) > found(best) ? one : best), ',');
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly line: number;
}

async function recordsOf(text: string, delimiter: string): Promise<readonly CsvRecord[]> {
  const parser = parse(text, { info: true, delimiter, relax_column_count: true, skip_empty_lines: true });
  const records: CsvRecord[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      records.push({ record, line: info.lines });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : records.length + 1;
    const column = typeof error['index'] === 'number' ? `column ${String(error['index'] + 1)}: ` : '';
    throw refused('CSV_MALFORMED', `line ${String(line)}`, `${column}${error.message}`);
  }
  return records;
}

function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, `${path}: ${message}`, [{ path, message }]);
}
