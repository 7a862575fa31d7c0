import { z } from 'zod';
import { notPersonal } from './personal-data/personal-mark.js';

/** Area code: 6 county, 9 street, 12 community, 15 grid digits; below a grid `-` and a local sequence per level. */
export const areaCode = z.string().regex(/^(\d{6}|\d{9}|\d{12}|\d{15}(-\d{2,4}){0,3})$/, 'not an area code');
/** ISO 8601 in UTC with milliseconds. The year 0 is no year of PostgreSQL: an event with it would hold up its read tables. */
export const instant = z.iso.datetime({ offset: false, precision: 3 }).refine((text) => !text.startsWith('0000'), 'is before the year 1');
/** A moment as somebody names it, with any offset; read as `instant`. In UTC its year has four digits too: all else neither sorts as text nor is it a time to PostgreSQL. */
export const anyInstant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString()).pipe(instant);
/** Who did it: an account, a rule or a service, by an id that says nothing without the accounts. */
export const accountId = notPersonal(z.string(), 'an id without meaning outside the accounts');
/** A number, version, category or other word of a fixed vocabulary. */
export const code = notPersonal(z.string(), 'a word of a fixed vocabulary');
/** What a place is called, down to the number of a flat, never after who lives there. */
export const areaName = notPersonal(z.string().min(1), 'a place is not named after who lives there');
/** Whose data key it is: a member of staff, or whoever a case or an alert speaks of. */
export const erasureSubject = z.string().regex(/^(person|case|alert):[0-9a-f-]{36}$/, 'is not person:, case: or alert: with an id');
/** Who wears a device: a person of whom no more than the id is known here. Absent or null: the device is nobody's. */
export const wearerId = z.uuid().toLowerCase().nullable().optional();
/** WGS 84 degrees. */
export const location = notPersonal(
  z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }),
  'where a thing stands or a matter is, not where a person is',
);
export type Location = z.infer<typeof location>;

export const SEVERITIES = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INFO'] as const;
export const severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severity>;

/** 系统管理员, 安全管理员, 值班员, 网格员, 评价员, 审计员. The first, the second and the last are separated (`separated-roles.ts`). */
export const ROLES = ['administrator', 'security-administrator', 'operator', 'grid-worker', 'evaluator', 'auditor'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

export const AVAILABILITIES = ['on-duty', 'off-duty', 'on-leave', 'training', 'unavailable'] as const;
export const availability = z.enum(AVAILABILITIES);
export type Availability = z.infer<typeof availability>;

export const AREA_KINDS = ['county', 'street', 'community', 'grid', 'micro-grid', 'building', 'household'] as const;
export const areaKind = z.enum(AREA_KINDS);
export type AreaKind = z.infer<typeof areaKind>;

/** Is `code` the area `scope` or below it? Codes nest by prefix. */
export function isWithinArea(code: string, scope: string): boolean {
  return code === scope || (code.startsWith(scope) && (scope.length < 15 || code[scope.length] === '-'));
}

const position = z.array(z.number()).min(2);
const ring = z.array(position).min(4);
export const polygonBoundary = z.union([
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
]);
export type PolygonBoundary = z.infer<typeof polygonBoundary>;
