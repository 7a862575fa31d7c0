import { isSealed, type AuditEvent } from '@brain/contracts';
import { saysErased } from '../elements/erased.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Does the entry that was proven say what this page shows? Else a server could show one thing and prove another. What is
 * encrypted in the log cannot be compared, nor what a very large entry keeps as a digest; what was erased since, and an
 * address that an older installation does not show, is left out.
 */
export function isShownAsProven(shown: AuditEvent, entry: Fields): boolean {
  const { streamId, revision, type, recordedAt, data, metadata } = entry;
  const names = shown.subject === streamId && shown.revision === revision && shown.type === type && isSameTime(shown.recordedAt, recordedAt);
  return names && (data === undefined || isLike(data, shown.data)) && (metadata === undefined || isSameMetadata(shown, metadata));
}

function isSameMetadata(shown: AuditEvent, metadata: unknown): boolean {
  const { source, time, correlationId, causationId, areaCode = null, address = null, actor } = fieldsOf(metadata);
  const { type, id } = fieldsOf(actor);
  const who = shown.actor.type === type && shown.actor.id === id && (shown.address === null || shown.address === address);
  return who && shown.areaCode === areaCode && shown.source === source && isSameTime(shown.time, time) && shown.correlationId === correlationId && shown.causationId === causationId;
}

function isLike(stored: unknown, shown: unknown): boolean {
  if (isSealed(stored) || (typeof shown === 'string' && saysErased(shown))) return true;
  if (typeof stored !== 'object' || stored === null) return stored === shown;
  if (typeof shown !== 'object' || shown === null || Array.isArray(stored) !== Array.isArray(shown)) return false;
  const said = new Map<string, unknown>(Object.entries(shown));
  const members = Object.entries(stored);
  return said.size === members.length && members.every(([name, value]) => said.has(name) && isLike(value, said.get(name)));
}

function isSameTime(one: string, other: unknown): boolean {
  return typeof other === 'string' && Date.parse(one) === Date.parse(other);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
