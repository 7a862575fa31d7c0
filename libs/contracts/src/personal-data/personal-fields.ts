import type { z } from 'zod';
import type { SubjectKind } from './personal-mark.js';
import { subjectOf } from './personal-mark.js';
import { placesOf } from './schema-walk.js';

/** A field of an event that is stored encrypted. */
export interface PersonalField {
  readonly path: readonly string[];
  readonly kind: SubjectKind;
  readonly idField: string;
  /** A value with no id beside it is nobody's: it is not personal. */
  readonly mayBeNobodys: boolean;
  readonly erased: unknown;
}

/** A value that stands in such a field. `path` has the number of an item where the field's path has `*`. */
export interface PersonalValue {
  readonly value: unknown;
  readonly subject: string;
  readonly path: string;
  /** What stands in its place once the subject's key is destroyed. */
  readonly erased: unknown;
}

type Data = Readonly<Record<string, unknown>>;
type Replace = (found: PersonalValue) => unknown;

export function personalFieldsOf(schema: z.ZodType): readonly PersonalField[] {
  return placesOf(schema).flatMap(({ path, mark }) => {
    if (mark?.isPersonal !== true) return [];
    if (path.length === 0 || path.at(-1) === '*') throw new Error('A personal field is a field of an object, beside the id of its person');
    const { kind, idField, mayBeNobodys, erased } = mark;
    return [{ path, kind, idField, mayBeNobodys, erased }];
  });
}

/** The data with each personal value replaced by what `replace` gives; the same data when there is none. Empty values stay. */
export function replacePersonal(data: Data, fields: readonly PersonalField[], replace: Replace): Data {
  return fields.reduce<Data>((replaced, field) => replaceIn(replaced, field, 0, '', replace) as Data, data);
}

export function personalValuesIn(data: Data, fields: readonly PersonalField[]): readonly PersonalValue[] {
  const values: PersonalValue[] = [];
  replacePersonal(data, fields, (found) => {
    values.push(found);
    return found.value;
  });
  return values;
}

function replaceIn(node: unknown, field: PersonalField, depth: number, place: string, replace: Replace): unknown {
  const step = field.path[depth];
  if (step === '*' && Array.isArray(node)) {
    return node.map((item, index) => replaceIn(item, field, depth + 1, `${place}${String(index)}.`, replace));
  }
  if (step === undefined || !isObject(node) || isEmpty(node[step])) return node;
  const here = `${place}${step}`;
  if (depth < field.path.length - 1) return changed(node, step, replaceIn(node[step], field, depth + 1, `${here}.`, replace));
  const id = node[field.idField];
  if (field.mayBeNobodys && isEmpty(id)) return node;
  if (typeof id !== 'string') throw new Error(`${here} is personal, and there is no ${field.idField} beside it`);
  return changed(node, step, replace({ value: node[step], subject: subjectOf(field.kind, id), path: here, erased: field.erased }));
}

function changed(node: Data, step: string, value: unknown): Data {
  return value === node[step] ? node : { ...node, [step]: value };
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Says nothing about anybody. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
