import { z } from 'zod';
import { anyInstant, DomainError, polygonBoundary } from '@brain/contracts';
import type { ImportItem, ReadFile, Refusal } from './import-item.js';

const feature = z.object({
  type: z.literal('Feature'),
  properties: z.object({
    code: z.union([z.string(), z.int()]).transform(String),
    name: z.string().trim().min(1).optional(),
    validFrom: anyInstant.optional(),
    invented: z.boolean().default(false),
  }),
  geometry: z.object({ type: z.string() }).loose().nullable(),
});
const collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

/** A Feature or a FeatureCollection; properties code, name, validFrom, invented. */
export function readAreaGeoJson(bytes: Uint8Array): ReadFile {
  const content = parsed(bytes);
  const many = collection.safeParse(content);
  const [items, refused]: [ImportItem[], Refusal[]] = [[], []];
  (many.success ? many.data.features : [content]).forEach((candidate, index) => {
    const result = readFeature(candidate, index);
    if ('boundary' in result) items.push(result);
    else refused.push(result);
  });
  return { items, refused };
}

function readFeature(candidate: unknown, index: number): ImportItem | Refusal {
  const read = feature.safeParse(candidate);
  if (!read.success) return { index, code: 'GEOJSON_MALFORMED', ...firstIssue(read.error) };
  const { properties, geometry } = read.data;
  const boundary = geometry === null ? null : polygonBoundary.safeParse(geometry);
  if (boundary?.success === false) return { index, ...geometryFault(geometry?.type ?? '', boundary.error) };
  return {
    place: { index },
    code: properties.code,
    name: properties.name ?? null,
    boundary: boundary?.data ?? null,
    validFrom: properties.validFrom ?? null,
    invented: properties.invented,
  };
}

function geometryFault(type: string, error: z.ZodError): { code: string; path: string; message: string } {
  if (type !== 'Polygon' && type !== 'MultiPolygon') {
    return { code: 'BOUNDARY_NOT_A_POLYGON', path: 'geometry.type', message: `is ${type}, not Polygon or MultiPolygon` };
  }
  const issue = error.issues[0];
  const inner = issue?.code === 'invalid_union' ? issue.errors[type === 'Polygon' ? 0 : 1]?.[0] : issue;
  const path = ['geometry', ...(inner?.path ?? [])].join('.');
  return { code: 'GEOJSON_MALFORMED', path, message: inner?.message ?? 'is not a polygon' };
}

function firstIssue(error: z.ZodError): { path: string; message: string } {
  const issue = error.issues[0];
  return { path: (issue?.path ?? []).join('.'), message: issue?.message ?? 'is not a feature' };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'is not JSON';
    throw new DomainError('GEOJSON_MALFORMED', `The file is not JSON: ${message}`, [{ path: 'body', message }]);
  }
}
