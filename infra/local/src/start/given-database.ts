import pg from 'pg';
import { ConfigurationError, withFiles } from '@brain/service-kit';
import { StartError } from './start-error.js';

/** Same name as for the provisioning job: the address of a server, for a user who may make roles and databases. */
export const ADMIN_URL = 'PROVISION_DATABASE_URL';
const CONNECT_WITHIN_MS = 10_000;

/**
 * The server of one's own that the environment names; undefined: the embedded one is started.
 * @throws ConfigurationError when the address is not one of PostgreSQL with a user, or TimescaleDB is asked for without a server
 */
export function givenServer(env: NodeJS.ProcessEnv): string | undefined {
  const { env: values, problems } = withFiles(env, [ADMIN_URL]);
  const url = values[ADMIN_URL];
  if (problems.length > 0) throw new ConfigurationError(problems);
  if (url !== undefined && url !== '') {
    if (isPostgresUrl(url)) return url;
    throw new ConfigurationError([`${ADMIN_URL}: is not an address like postgres://user:password@host:5432/postgres`]);
  }
  if (env.INGESTION_TIME_SERIES !== 'timescaledb') return undefined;
  throw new ConfigurationError([
    `${ADMIN_URL}: is needed with INGESTION_TIME_SERIES=timescaledb: the PostgreSQL that comes along has no TimescaleDB`,
  ]);
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  return /^postgres(ql)?:$/.test(protocol) && hostname !== '' && username !== '';
}

/** Host, port and parameters, without user, password and database. */
export function addressOf(url: string): string {
  const address = new URL(url);
  address.username = '';
  address.password = '';
  address.pathname = '';
  return address.href;
}

/** The address of a database for a user. */
export function urlAt(address: string, { user, password, database }: { user: string; password: string; database: string }): string {
  const url = new URL(address);
  url.username = user;
  url.password = encodeURIComponent(password);
  url.pathname = `/${database}`;
  return url.href;
}

/** A server of one's own: nothing is started or stopped. */
export class GivenDatabase {
  constructor(private readonly adminUrl: string) {}

  get address(): string {
    return addressOf(this.adminUrl);
  }

  /** @throws StartError when it cannot be used, with its own reason */
  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.adminUrl, connectionTimeoutMillis: CONNECT_WITHIN_MS });
    try {
      await client.connect();
      await client.query('SELECT 1');
    } catch (error) {
      const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
      throw new StartError(`The PostgreSQL server of ${ADMIN_URL} (${new URL(this.adminUrl).host}) cannot be used: ${reason}`);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  url(database: string): string {
    const url = new URL(this.adminUrl);
    url.pathname = `/${database}`;
    return url.href;
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
