import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SERVICES, type ServiceName } from '@brain/contracts';
import type { Projection, ReplayComposition } from '@brain/event-store';

export interface ReplayChoice {
  readonly service?: string;
  readonly table?: string;
}

/** What is to be rebuilt: compositions with the projections that were asked for. @throws Error naming what there is */
export function chosen(compositions: readonly ReplayComposition[], { service, table }: ReplayChoice): readonly ReplayComposition[] {
  if (service !== undefined && !compositions.some((one) => one.service === service)) {
    throw new Error(`There is no service ${service}. There are: ${compositions.map((one) => one.service).join(', ')}`);
  }
  const within = compositions.filter((one) => service === undefined || one.service === service);
  const wanted = within.map((one) => ({ ...one, projections: one.projections.filter((projection) => table === undefined || makes(projection, table)) }));
  const found = wanted.filter(({ projections }) => projections.length > 0);
  if (found.length > 0 || table === undefined) return found;
  const tables = within.flatMap(({ projections }) => projections.flatMap((projection) => projection.tables));
  throw new Error(`There is no read table ${table}. There are: ${[...new Set(tables)].join(', ')}`);
}

function makes({ name, tables }: Projection, table: string): boolean {
  return name === table || tables.includes(table);
}

export async function replayCompositions(root: string): Promise<readonly ReplayComposition[]> {
  return Promise.all(SERVICES.map((service) => compositionOf(root, service)));
}

async function compositionOf(root: string, service: ServiceName): Promise<ReplayComposition> {
  const file = path.join(root, 'services', service, 'dist/replay.js');
  if (!existsSync(file)) throw new Error(`${service} is not built`);
  const { readTables } = (await import(pathToFileURL(file).href)) as { readTables: ReplayComposition };
  return readTables;
}
