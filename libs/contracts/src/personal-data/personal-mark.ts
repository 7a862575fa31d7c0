import { z } from 'zod';

/**
 * Whose data a field is: a member of staff or the wearer of a device, or whoever a case or an alert speaks of. Such a person is known by no other
 * id than the case's or the alert's.
 */
export const SUBJECT_KINDS = ['person', 'case', 'alert'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** `idField` is a field beside the marked one. */
export interface PersonalMark {
  readonly isPersonal: true;
  readonly kind: SubjectKind;
  readonly idField: string;
  /** Without an id beside it the field is about nobody, and stays plain. Else there must be one. */
  readonly mayBeNobodys: boolean;
  /** What stands in its place once the key is destroyed. */
  readonly erased: unknown;
}

export interface ImpersonalMark {
  readonly isPersonal: false;
  readonly reason: string;
}

export type DataMark = PersonalMark | ImpersonalMark;

const marks = z.registry<DataMark>();

/** What stands in place of a text whose key is destroyed. Screens show it in their own language. */
export const ERASED = '\u2298erased';

/** The field, or all that it holds, is about a person: stored encrypted under that person's key, absent or empty as it is. */
export function personal<Schema extends z.ZodType>(schema: Schema, kind: SubjectKind, idField: string): Schema {
  marks.add(schema, { isPersonal: true, kind, idField, mayBeNobodys: false, erased: ERASED });
  return schema;
}

/**
 * The field is about a person when the field `idField` beside it names one. `erased` stands in its place once the key is
 * destroyed, and fits the schema.
 */
export function personalIfKnown<Schema extends z.ZodType>(schema: Schema, kind: SubjectKind, idField: string, erased: z.output<Schema>): Schema {
  marks.add(schema, { isPersonal: true, kind, idField, mayBeNobodys: true, erased });
  return schema;
}

/** The field, and all that it holds, says nothing about a person, by rule and for this reason. */
export function notPersonal<Schema extends z.ZodType>(schema: Schema, reason: string): Schema {
  marks.add(schema, { isPersonal: false, reason });
  return schema;
}

export function markOf(schema: z.ZodType): DataMark | undefined {
  return marks.get(schema);
}

/** `person:0b1f…`: whose key it is. */
export function subjectOf(kind: SubjectKind, id: string): string {
  return `${kind}:${id}`;
}
