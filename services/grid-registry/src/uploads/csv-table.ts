import { parse, type CsvError, type Info } from 'csv-parse';
import { DomainError } from '@brain/contracts';
import { decodeText } from './decode-text.js';

export interface CsvRow {
  /** Counting from 1, the header. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Has it as many cells as the header? */
  readonly isWhole: boolean;
}

/** Rows of a CSV with a header. Refuses the whole file with CSV_MALFORMED or CSV_COLUMN_MISSING. */
export async function readCsv(bytes: Uint8Array, required: readonly string[]): Promise<readonly CsvRow[]> {
  const records = await recordsOf(decodeText(bytes));
  const header = records[0]?.record.map((name) => name.trim()) ?? [];
  const missing = required.find((column) => !header.includes(column));
  if (missing !== undefined) throw refused('CSV_COLUMN_MISSING', missing, 'is not a column of the file');
  return records.slice(1).map(({ record, line }) => ({
    line,
    cells: Object.fromEntries(header.map((name, i) => [name, record[i]?.trim() ?? ''])),
    isWhole: record.length === header.length,
  }));
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly line: number;
}

async function recordsOf(text: string): Promise<readonly CsvRecord[]> {
  const parser = parse(text, { info: true, relax_column_count: true, skip_empty_lines: true });
  const records: CsvRecord[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      records.push({ record, line: info.lines });
    }
  } catch (error) {
    if (!isCsvError(error)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : records.length + 1;
    throw refused('CSV_MALFORMED', `line ${String(line)}`, error.message);
  }
  return records;
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}

function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, `${path}: ${message}`, [{ path, message }]);
}
