import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '@brain/contracts';
import { decodeText } from './decode-text.js';

export interface CsvRow {
  /** Counting from 1, the header. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Rows of a CSV with a header. Refuses the whole file with CSV_MALFORMED or CSV_COLUMN_MISSING. */
export function readCsv(bytes: Uint8Array, required: readonly string[]): readonly CsvRow[] {
  const [first, ...rows] = recordsOf(decodeText(bytes));
  const header = first?.record.map((name) => name.trim()) ?? [];
  const missing = required.find((column) => !header.includes(column));
  if (missing !== undefined) throw refused('CSV_COLUMN_MISSING', missing, 'is not a column of the file');
  return rows.map(({ record, info }) => ({
    line: info.lines,
    cells: Object.fromEntries(header.map((name, index) => [name, record[index]?.trim() ?? ''])),
  }));
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function recordsOf(text: string): readonly CsvRecord[] {
  try {
    return parse(text, { info: true, relax_column_count: true, skip_empty_lines: true }) as unknown as readonly CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refused('CSV_MALFORMED', `line ${String(error['lines'])}`, error.message);
  }
}

function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, `${path}: ${message}`, [{ path, message }]);
}
