import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { polygonBoundary, type PolygonBoundary } from '@brain/contracts';

const FOLDER = new URL('../../demo-data/', import.meta.url);
const division = z.object({ code: z.string(), name: z.string() });
export type Division = z.infer<typeof division>;

/** Rows of an official list of divisions, in the order of their codes. */
export function readDivisions(file: 'county' | 'streets' | 'communities'): readonly Division[] {
  const rows: unknown = parse(demoFile(`divisions/${file}-440305.csv`), { columns: true, bom: true });
  return z.array(division).parse(rows).toSorted((a, b) => a.code.localeCompare(b.code));
}

/** The district's real outline: three island polygons, then the mainland. */
export function readOutline(): PolygonBoundary {
  const feature: unknown = JSON.parse(demoFile('divisions/boundary-440305.geojson'));
  return z.object({ geometry: polygonBoundary }).parse(feature).geometry;
}

function demoFile(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8');
}
