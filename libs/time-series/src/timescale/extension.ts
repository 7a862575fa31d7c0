import { DomainError } from '@brain/contracts';
import type { ClientBase, Pool } from 'pg';

/** The first with every function used here on PostgreSQL 17. */
const OLDEST = [2, 17] as const;

const FIND_EXTENSION = `
  SELECT current_database() AS database, available.default_version AS available, installed.extversion AS version,
         installed.extnamespace::regnamespace::text AS schema, current_setting('timescaledb.license', true) AS license
  FROM (VALUES ('timescaledb')) AS wanted(name)
  LEFT JOIN pg_available_extensions AS available ON available.name = wanted.name
  LEFT JOIN pg_extension AS installed ON installed.extname = wanted.name`;

export interface FoundExtension {
  readonly database: string;
  /** On the server, ready to be created; null when it is not there. */
  readonly available: string | null;
  /** In this database; null before CREATE EXTENSION. */
  readonly version: string | null;
  readonly schema: string | null;
  readonly license: string | null;
}

/** The schema the extension's functions are in. Refuses a database whose extension cannot hold the readings. */
export async function requireExtension(client: ClientBase | Pool): Promise<string> {
  const { rows } = await client.query<FoundExtension>(FIND_EXTENSION);
  const [found] = rows;
  if (found === undefined) throw new Error('Looking for the extension gave no answer');
  const reason = refusalOf(found);
  if (reason !== undefined) throw new DomainError('TIME_SERIES_REFUSED', reason);
  return found.schema ?? 'public';
}

/** Pure: why this extension is not good enough, with the remedy; undefined when it is. */
export function refusalOf({ database, available, version, license }: FoundExtension): string | undefined {
  const oldest = OLDEST.join('.');
  if (version === null && available === null) {
    return `The PostgreSQL server has no TimescaleDB: install version ${oldest} or newer there, add timescaledb to shared_preload_libraries, restart it, then run CREATE EXTENSION timescaledb in database ${database}`;
  }
  if (version === null) return `Database ${database} lacks the extension timescaledb: run CREATE EXTENSION timescaledb in it, as a superuser`;
  if (isOlder(version)) {
    return `Database ${database} has timescaledb ${version}, needed is ${oldest} or newer: install it on the server, then run ALTER EXTENSION timescaledb UPDATE`;
  }
  if (license !== 'timescale') {
    return `timescaledb in database ${database} runs under the licence ${license ?? 'unknown'}, without compression and continuous aggregates: set timescaledb.license = 'timescale' with the community edition`;
  }
  return undefined;
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
