import type { PlannedPoint } from '../relational/write-plan.js';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const NULL = '\\N';

/** A point as a line of COPY, in the order of the staging table. `index` is its place in the plan. */
export function copyLine({ deviceId, metric, ts, value, sourceKey }: PlannedPoint, index: number): string {
  const columns = [
    String(index),
    escapeText(deviceId),
    escapeText(metric),
    String(ts),
    typeof value === 'number' ? String(value) : NULL,
    typeof value === 'boolean' ? String(value) : NULL,
    typeof value === 'string' ? escapeText(value) : NULL,
    escapeText(sourceKey),
  ];
  return `${columns.join('\t')}\n`;
}

function escapeText(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
