import { z } from 'zod';
import { areaRange } from './area-range.js';
import type { AuditFilter } from './audit-filter.js';
import type { AuditScope } from './audit-scope.js';
import { runsOf, wordsAsked } from './event-words.js';

const UNORDERED = ['person', 'case', 'alert', 'device', 'correlation', 'q'] as const;

/** Takes a value and gives its parameter. */
export type Bind = (value: unknown) => string;
export const isId = (text: string): boolean => z.uuid().safeParse(text).success;

/** Conditions on `audit_event`, and the values of their parameters. Only what is asked for: the planner sees no more. */
export class AuditConditions {
  private readonly conditions: string[] = [];
  readonly values: unknown[] = [];

  constructor(
    private readonly filter: AuditFilter,
    scope: AuditScope,
  ) {
    this.add(withinScope(scope, this.bind));
    for (const condition of filterConditions(filter, this.bind)) this.add(condition);
  }

  readonly bind: Bind = (value) => `$${String(this.values.push(value))}`;

  add(condition: string): void {
    this.conditions.push(condition);
  }

  /**
   * Found by an index that does not know the order of the record. Left to itself the planner hopes to meet matches
   * while it reads in order, and where there are few it reads everything.
   */
  get isUnordered(): boolean {
    return UNORDERED.some((key) => this.filter[key] !== undefined);
  }

  get sql(): string {
    return this.conditions.map((condition) => `(${condition})`).join(' AND ');
  }
}

export function withinScope({ areas, withoutArea }: AuditScope, bind: Bind): string {
  if (areas === null) return withoutArea ? 'true' : 'area_code IS NOT NULL';
  const within = areas.map((code) => withinArea(code, bind));
  return [...within, withoutArea ? 'area_code IS NULL' : 'false'].join(' OR ');
}

function withinArea(code: string, bind: Bind): string {
  const [from, before] = areaRange(code);
  return `area_code COLLATE "C" >= ${bind(from)} AND area_code COLLATE "C" < ${bind(before)}`;
}

function* filterConditions(filter: AuditFilter, bind: Bind): Iterable<string> {
  const { from, to, type, subject, area, actor, person, alert, device, correlation, q } = filter;
  if (from !== undefined) yield `time >= ${bind(from)}`;
  if (to !== undefined) yield `time < ${bind(to)}`;
  if (type !== undefined) yield `type = ANY (${bind(type)}::text[])`;
  if (subject !== undefined) yield `stream_id = ${bind(subject)}`;
  if (area !== undefined) yield withinArea(area, bind);
  if (actor !== undefined) yield `actor_id = ${bind(actor)}`;
  if (person !== undefined) yield aboutPeople(person, bind);
  if (filter.case !== undefined) yield aboutThing('case', filter.case.toLowerCase(), bind);
  if (alert !== undefined) yield aboutThing('alert', alert, bind);
  if (device !== undefined) yield aboutThing('device', device, bind);
  if (correlation !== undefined) yield `correlation_id = ${bind(correlation)}`;
  if (q !== undefined) yield* wordConditions(q, bind);
}

/** Events of the thing's own stream, and those of others that name it. */
export function aboutThing(category: string, id: string, bind: Bind): string {
  return `stream_id = ${bind(`${category}-${id}`)} OR mentions @> ARRAY[${bind(id)}::uuid]`;
}

/** Done by one of them, or naming one. */
export function aboutPeople(people: readonly string[], bind: Bind): string {
  const ids = people.filter(isId);
  const byActor = `actor_id = ANY (${bind(people)}::text[])`;
  if (ids.length === 0) return byActor;
  return `${byActor} OR mentions && ${bind(ids)}::uuid[] OR stream_id = ANY (${bind(ids.map((id) => `staff-${id}`))}::text[])`;
}

/** The index finds the words; what the data says now decides, as only that is the record. */
function* wordConditions(text: string, bind: Bind): Iterable<string> {
  const asked = wordsAsked(text);
  if (asked === undefined) return;
  yield `words @@ ${bind(asked)}::tsquery`;
  yield `lower(data::text) LIKE ALL (${bind(runsOf(text).map((run) => `%${run}%`))}::text[])`;
}
