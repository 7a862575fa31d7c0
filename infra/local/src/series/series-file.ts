import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const BUNDLED = path.resolve(import.meta.dirname, '../../demo-data/nab');
const rows = z.array(z.object({ timestamp: z.string(), value: z.coerce.number() })).min(1);
const windows = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

export interface SeriesPoint {
  /** Milliseconds since the epoch. */
  readonly ts: number;
  readonly value: number;
}

export interface Series {
  readonly name: string;
  readonly points: readonly SeriesPoint[];
  /** Labelled anomaly windows, milliseconds, both ends inclusive; empty when there are no labels. */
  readonly windows: readonly (readonly [number, number])[];
}

/** A series of the Numenta Anomaly Benchmark: `timestamp,value`, times in UTC; labels in `anomaly-windows.json` beside it. */
export function readSeries(name: string, cwd: string): Series {
  const file = [path.resolve(cwd, name), path.join(BUNDLED, name)].find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`There is no file ${name}, neither here nor among the bundled series`);
  const points = rows
    .parse(parse(readFileSync(file), { columns: true, bom: true }))
    .map(({ timestamp, value }) => ({ ts: utc(timestamp), value }));
  const base = path.basename(file);
  return { name: base.replace(/\.csv$/, ''), points, windows: readWindows(path.dirname(file), base) };
}

function readWindows(dir: string, base: string): Series['windows'] {
  const file = path.join(dir, 'anomaly-windows.json');
  if (!existsSync(file)) return [];
  const labelled = windows.parse(JSON.parse(readFileSync(file, 'utf8')))[base] ?? [];
  return labelled.map(([from, to]) => [utc(from), utc(to)] as const);
}

/** `2013-12-15 07:00:00.000000` carries no zone; the benchmark is read as UTC. */
function utc(text: string): number {
  const at = Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) throw new Error(`"${text}" is not a time`);
  return at;
}
