import type { AuditEvent } from '@brain/contracts';

const COLUMNS: readonly (readonly [name: string, value: (event: AuditEvent) => string])[] = [
  ['position', ({ position }) => position],
  ['eventId', ({ eventId }) => eventId],
  ['type', ({ type }) => type],
  ['subject', ({ subject }) => subject],
  ['revision', ({ revision }) => String(revision)],
  ['source', ({ source }) => source],
  ['areaCode', ({ areaCode }) => areaCode ?? ''],
  ['actorType', ({ actor }) => actor.type],
  ['actorId', ({ actor }) => actor.id],
  ['time', ({ time }) => time],
  ['recordedAt', ({ recordedAt }) => recordedAt],
  ['correlationId', ({ correlationId }) => correlationId],
  ['causationId', ({ causationId }) => causationId],
  ['address', ({ address }) => address ?? ''],
  ['data', ({ data }) => JSON.stringify(data)],
];

/** The mark lets spreadsheets read Chinese. */
export const csvHead = `\uFEFF${COLUMNS.map(([name]) => name).join(',')}\r\n`;

/** One event, one line: JSON has no line ends of its own. */
export function csvLine(event: AuditEvent): string {
  return `${COLUMNS.map(([, value]) => field(value(event))).join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front; codes and times stay as they are. */
function field(text: string): string {
  const harmless = /^[=+@\t\r]/.test(text) || /^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
