import { z } from 'zod';
import { markOf, type DataMark } from './personal-mark.js';

/** A place in a schema that is marked, or that holds something without being made of further fields. `*` is any item of an array. */
export interface SchemaPlace {
  readonly path: readonly string[];
  readonly schema: z.ZodType;
  readonly mark: DataMark | undefined;
}

/** Every marked place, and every leaf that no mark covers. A mark covers all below it. */
export function placesOf(schema: z.ZodType, path: readonly string[] = []): readonly SchemaPlace[] {
  const mark = markOf(schema);
  const children = mark === undefined ? childrenOf(schema) : [];
  if (children.length === 0) return [{ path, schema, mark }];
  return children.flatMap(([step, child]) => placesOf(child, step === undefined ? path : [...path, step]));
}

type Child = readonly [step: string | undefined, schema: z.ZodType];

function childrenOf(schema: z.ZodType): readonly Child[] {
  if (schema instanceof z.ZodObject) return Object.entries<z.ZodType>(schema.shape);
  if (schema instanceof z.ZodArray) return [['*', asType(schema.element)]];
  if (schema instanceof z.ZodUnion) return schema.options.map((option) => [undefined, asType(option)] as const);
  if (schema instanceof z.ZodRecord) return [['*', asType(schema.keyType)], ['*', asType(schema.valueType)]];
  if (schema instanceof z.ZodTuple) return schema.def.items.map((item) => ['*', asType(item)] as const);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return [[undefined, asType(schema.unwrap())]];
  }
  return [];
}

/** Zod types what a schema is made of by its core interface; all of ours are made with the same `z`. */
function asType(schema: z.core.$ZodType): z.ZodType {
  return schema as z.ZodType;
}
