const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const NULL = '\\N';

export interface CopyColumn {
  readonly name: string;
  /** As `format_type` tells it: `jsonb`, `text[]`. */
  readonly type: string;
}

/** A line of PostgreSQL's COPY in text form. */
export function copyLineOf(values: readonly (string | number | null)[]): string {
  let line = '';
  for (const value of values) line += `${value === null ? NULL : escaped(String(value))}\t`;
  return `${line.slice(0, -1)}\n`;
}

/** The same of a row, with what `more` has for further columns. What the row does not have is NULL. */
export function copyLine(columns: readonly CopyColumn[], row: Readonly<Record<string, unknown>>, ...more: readonly string[]): string {
  let line = '';
  for (const { name, type } of columns) line += `${copyValue(type, row[name])}\t`;
  for (const text of more) line += `${text}\t`;
  return `${line.slice(0, -1)}\n`;
}

function copyValue(type: string, value: unknown): string {
  if (value === null || value === undefined) return NULL;
  if (type === 'jsonb' || type === 'json') return jsonText(value);
  return escaped(Array.isArray(value) ? arrayText(value) : plainText(value));
}

/** JSON has no raw tab or end of line, and a backslash seldom. */
function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
}

function escaped(text: string): string {
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

function arrayText(values: readonly unknown[]): string {
  return `{${values.map((value) => (value === null || value === undefined ? 'NULL' : `"${plainText(value).replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
