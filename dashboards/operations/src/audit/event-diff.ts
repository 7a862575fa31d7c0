import type { AuditEvent } from '@brain/contracts';

/** One value of an event beside what the same stream said in the same place before. */
export interface FieldChange {
  /** Keys from the outside in. */
  readonly path: readonly string[];
  readonly kind: 'first' | 'changed' | 'same' | 'gone';
  readonly before?: unknown;
  /** The event that said so before. */
  readonly since?: string;
  readonly after?: unknown;
}

type Leaves = ReadonlyMap<string, unknown>;
/** Joins keys; no key of ours holds it. */
const JOINT = '\u0000';

/**
 * What an event says against what the earlier events of its stream, newest first, said last in the same place.
 * A part that was said as a whole before and lacks something now has lost it. A list is one value.
 */
export function changesOf(event: AuditEvent, earlier: readonly AuditEvent[]): readonly FieldChange[] {
  const known = earlier.map(({ eventId, data }) => ({ eventId, leaves: leavesOf(data) }));
  const said = [...leavesOf(event.data)].filter(([, value]) => !isOwnId(event, value));
  const changes = said.map(([key, after]): FieldChange => {
    const path = key.split(JOINT);
    const last = known.find(({ leaves }) => leaves.has(key));
    if (last === undefined) return { path, kind: 'first', after };
    const before = last.leaves.get(key);
    return { path, kind: isSame(before, after) ? 'same' : 'changed', before, since: last.eventId, after };
  });
  return [...changes, ...gone(event, earlier)];
}

/** Fields within a part (`scope.areaCode`) that the part had when it was said last. */
function gone(event: AuditEvent, earlier: readonly AuditEvent[]): readonly FieldChange[] {
  const now = leavesOf(event.data);
  return Object.keys(event.data).filter((part) => isPart(event.data[part])).flatMap((part) => {
    const last = earlier.find(({ data }) => isPart(data[part]));
    if (last === undefined) return [];
    const lost = [...leavesOf(last.data)].filter(([key]) => key.startsWith(part + JOINT) && !now.has(key));
    return lost.map(([key, before]): FieldChange => ({ path: key.split(JOINT), kind: 'gone', before, since: last.eventId }));
  });
}

function leavesOf(data: Readonly<Record<string, unknown>>): Leaves {
  const leaves = new Map<string, unknown>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (isPart(value)) for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    else leaves.set(path.join(JOINT), value);
  };
  walk(data, []);
  return leaves;
}

function isPart(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** The thing's own id never changes and stands in the stream's name. */
function isOwnId({ subject }: AuditEvent, value: unknown): boolean {
  return typeof value === 'string' && value !== '' && subject.endsWith(`-${value}`);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
