import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { keepTables, keptStoreOf, repointTables, type EventReader, type EventStore, type ReplayComposition } from '@brain/event-store';
import type { LocalStack } from '../api/running-stack.js';
import { loadSecrets } from '../start/secrets.js';
import { databaseUrl } from '../start/service-specs.js';

export interface TakeOver {
  readonly root: string;
  readonly stack: LocalStack;
  /** Of all services. */
  readonly compositions: readonly ReplayComposition[];
  /** As it is stored, nothing decrypted. */
  readonly store: EventStore;
  /** All read tables are to be made anew, and put in place. */
  readonly remakesAll: boolean;
}

interface ServiceTables {
  readonly service: string;
  readonly schema: string;
  readonly pool: pg.Pool;
}

/**
 * When the tables were made from another store than the one that is given now, and that one is a copy of it: ties their
 * positions and the log to it. No service starts until the read tables are made anew as well, which `done` tells.
 * @returns undefined: the tables are of this store
 * @throws Error when the store is no copy of theirs; nothing is changed then
 */
export async function takeOver(order: TakeOver): Promise<{ readonly done: () => Promise<void> } | undefined> {
  const storeId = await order.store.storeId();
  return withTables(order, async (tables) => {
    const kept = await Promise.all(tables.map(({ pool, schema }) => keptStoreOf(pool, schema)));
    if (kept.every((id) => id === undefined || id === storeId)) return undefined;
    const named = await tie(order, tables, storeId);
    return { done: () => withTables(order, (all) => keepAll(all, named)) };
  });
}

async function keepAll(tables: readonly ServiceTables[], storeId: string): Promise<void> {
  for (const { pool, schema } of tables) await keepTables(pool, schema, storeId);
}

/** Each with the role of its service, which may change no other's. */
async function withTables<T>({ stack, compositions }: TakeOver, work: (tables: readonly ServiceTables[]) => Promise<T>): Promise<T> {
  const tables = compositions.map(({ service, schema }): ServiceTables => {
    const connectionString = databaseUrl(service, { secrets: loadSecrets(stack.folder), postgres: stack.postgres });
    const pool = new pg.Pool({ connectionString, max: 2 });
    pool.on('error', () => undefined); // the next query says so
    return { service, schema, pool };
  });
  try {
    return await work(tables);
  } finally {
    await Promise.all(tables.map(({ pool }) => pool.end()));
  }
}

async function tie({ root, stack, store, remakesAll }: TakeOver, tables: readonly ServiceTables[], storeId: string | undefined): Promise<string> {
  if (storeId === undefined) throw new Error('Nothing of this product is in that event store: copy the record into it first, with npm run brain -- copy-record');
  if (stack.url !== '') throw new Error('These tables were made from another event store: stop the product first');
  if (!remakesAll) throw new Error('These tables were made from another event store: run npm run brain -- replay --swap, for all services and tables');
  const audit = tables.find(({ service }) => service === 'audit');
  // The log first: it is signed, and tells whether the store is a copy at all.
  if (audit !== undefined) await (await logOfAudit(root))(audit.pool, audit.schema, store);
  for (const { pool, schema } of tables) await repointTables({ pool, schema, store });
  return storeId;
}

type RepointLog = (pool: pg.Pool, schema: string, store: Pick<EventReader, 'readAll'>) => Promise<void>;

async function logOfAudit(root: string): Promise<RepointLog> {
  const file = path.join(root, 'services/audit/dist/log/repoint-log.js');
  if (!existsSync(file)) throw new Error('audit is not built');
  return ((await import(pathToFileURL(file).href)) as { repointLog: RepointLog }).repointLog;
}
