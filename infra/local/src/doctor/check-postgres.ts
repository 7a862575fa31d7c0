import pg from 'pg';
import { clockFinding, judgeOf, type Finding } from './finding.js';

const judge = judgeOf('postgresql');
/** The oldest that the conformance suites have run on. */
const OLDEST_MAJOR = 15;
/** Pools of the seven services, their tails and listeners, and a replay beside them. */
const CONNECTIONS_NEEDED = 150;

export interface PostgresFacts {
  /** `server_version_num`, such as 170005. */
  readonly version: number;
  readonly isRecovering: boolean;
  readonly mayMakeRoles: boolean;
  readonly mayMakeDatabases: boolean;
  readonly hasDatabase: boolean;
  readonly fsync: string;
  readonly fullPageWrites: string;
  readonly synchronousCommit: string;
  readonly maxConnections: number;
  readonly databaseBytes: number | null;
  readonly clockOffsetMs: number;
  readonly roundTripMs: number;
}

const FACTS = `
  SELECT current_setting('server_version_num')::int AS version, pg_is_in_recovery() AS "isRecovering",
         (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) AS "mayMakeRoles",
         (SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user) AS "mayMakeDatabases",
         EXISTS (SELECT FROM pg_database WHERE datname = $1) AS "hasDatabase",
         current_setting('fsync') AS fsync, current_setting('full_page_writes') AS "fullPageWrites",
         current_setting('synchronous_commit') AS "synchronousCommit", current_setting('max_connections')::int AS "maxConnections",
         (SELECT pg_database_size(datname)::float8 FROM pg_database
          WHERE datname = $1 AND has_database_privilege(oid, 'CONNECT')) AS "databaseBytes"`;

/** @param client connected to any database of the server, as its administrator */
export async function postgresFacts(client: pg.Client, database: string): Promise<PostgresFacts> {
  const askedAt = Date.now();
  const clock = await client.query<{ now: number }>('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now');
  const roundTripMs = Date.now() - askedAt;
  const { rows } = await client.query<Omit<PostgresFacts, 'clockOffsetMs' | 'roundTripMs'>>(FACTS, [database]);
  const [found] = rows;
  if (found === undefined) throw new Error('PostgreSQL did not answer');
  return { ...found, roundTripMs, clockOffsetMs: (clock.rows[0]?.now ?? NaN) - (askedAt + roundTripMs / 2) };
}

/** Pure. */
export function postgresFindings(facts: PostgresFacts, database: string): readonly Finding[] {
  return [versionFinding(facts), rightsFinding(facts, database), durabilityFinding(facts), connectionsFinding(facts),
    clockFinding(judge, facts.clockOffsetMs, facts.roundTripMs), sizeFinding(facts, database)];
}

function versionFinding({ version, isRecovering }: PostgresFacts): Finding {
  const number = `${String(Math.floor(version / 10_000))}.${String(version % 10_000)}`;
  if (isRecovering) return judge('version', 'wrong', `version ${number} is a standby that takes no writes: name the primary`);
  if (version >= OLDEST_MAJOR * 10_000) return judge('version', 'fine', `version ${number}`);
  return judge('version', 'wrong', `version ${number} is older than ${String(OLDEST_MAJOR)}: upgrade the server`);
}

function rightsFinding({ mayMakeRoles, mayMakeDatabases, hasDatabase }: PostgresFacts, database: string): Finding {
  if (!mayMakeRoles) return judge('rights', 'wrong', 'this user may not make roles: ALTER ROLE … CREATEROLE, or name an administrator');
  if (!hasDatabase && !mayMakeDatabases) {
    return judge('rights', 'wrong', `there is no database ${database} and this user may make none: ALTER ROLE … CREATEDB, or create it`);
  }
  return judge('rights', 'fine', hasDatabase ? `the database ${database} is there` : `may make the database ${database} and its roles`);
}

/** An acknowledged event must survive a power cut. */
function durabilityFinding({ fsync, fullPageWrites, synchronousCommit }: PostgresFacts): Finding {
  const off = [['fsync', fsync], ['full_page_writes', fullPageWrites], ['synchronous_commit', synchronousCommit]]
    .filter(([, value]) => value === 'off').map(([name]) => name);
  if (off.length === 0) return judge('durability', 'fine', 'a commit is on disk before it is acknowledged');
  return judge('durability', 'wrong', `${off.join(', ')} is off: a power cut takes what was acknowledged; switch it on`);
}

function connectionsFinding({ maxConnections }: PostgresFacts): Finding {
  if (maxConnections >= CONNECTIONS_NEEDED) return judge('connections', 'fine', `max_connections is ${String(maxConnections)}`);
  const sentence = `max_connections is ${String(maxConnections)}, the services and a replay need up to ${String(CONNECTIONS_NEEDED)}: raise it`;
  return judge('connections', 'warning', sentence);
}

function sizeFinding({ databaseBytes }: PostgresFacts, database: string): Finding {
  const size = databaseBytes === null ? '' : `${database} takes ${(databaseBytes / 1024 ** 3).toFixed(2)} GiB; `;
  return judge('free space', 'unknown', `${size}PostgreSQL tells no client how much is free: watch the disk at the server`);
}
