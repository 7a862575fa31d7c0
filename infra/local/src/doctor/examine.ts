import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import pg from 'pg';
import { createLogger, openEventStore, withFiles, type Engines } from '@brain/service-kit';
import { brokerAccess, brokerFindings } from './check-broker.js';
import { askInfo, eventStoreDbFindings } from './check-eventstoredb.js';
import { kafkaFindings } from './check-kafka.js';
import { postgresFacts, postgresFindings } from './check-postgres.js';
import { timescaleFacts, timescaleFindings } from './check-timescale.js';
import { judgeOf, spaceFinding, type Finding } from './finding.js';

const DATABASE = 'brain';
const CONNECT_WITHIN_MS = 5_000;

/** What there is to examine: the engines of the environment, PostgreSQL by its administrator, and the data folder. */
export interface Patient {
  readonly engines: Engines;
  readonly timeSeries: 'postgres' | 'timescaledb';
  /** The address of a database for the administrator; undefined while the embedded server is not running. */
  readonly postgres: ((database: string) => string) | undefined;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Asks every configured engine, side by side. An engine that does not answer is a finding, never an error. */
export async function examine(patient: Patient): Promise<readonly Finding[]> {
  const findings = await Promise.all([
    folderFindings(patient.dataDir),
    postgres(patient),
    timescale(patient),
    eventStore(patient),
    kafka(patient),
    broker(patient),
  ]);
  return findings.flat();
}

async function folderFindings(dataDir: string): Promise<readonly Finding[]> {
  const judge = judgeOf('data folder');
  if (!existsSync(dataDir)) return [judge('free space', 'unknown', `${dataDir} is not there yet: the first start makes it`)];
  const { bavail, blocks, bsize } = await statfs(dataDir);
  return [spaceFinding(judge, bavail * bsize, blocks * bsize, dataDir)];
}

async function postgres({ postgres: urlOf, dataDir }: Patient): Promise<readonly Finding[]> {
  const judge = judgeOf('postgresql');
  if (urlOf === undefined) {
    return [judge('answer', 'unknown', `nothing runs with ${dataDir}: start it, or name your own server in PROVISION_DATABASE_URL`)];
  }
  const client = new pg.Client({ connectionString: urlOf('postgres'), connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => undefined); // said by the query that meets it
  return answering('postgresql', async () => {
    try {
      await client.connect();
      return postgresFindings(await postgresFacts(client, DATABASE), DATABASE);
    } finally {
      await client.end().catch(() => undefined);
    }
  });
}

async function timescale({ postgres: urlOf, timeSeries }: Patient): Promise<readonly Finding[]> {
  if (timeSeries !== 'timescaledb' || urlOf === undefined) return [];
  return answering('timescaledb', async () => timescaleFindings(await timescaleFacts(urlOf(DATABASE))));
}

async function eventStore({ engines }: Patient): Promise<readonly Finding[]> {
  const { eventStore: engine } = engines;
  if (engine.kind !== 'eventstoredb') return [];
  return answering('eventstoredb', async () => {
    const store = await openEventStore({ eventStore: engine, databaseUrl: '' }, 'doctor', createLogger('doctor', 'silent'));
    try {
      const refusal = await store.headPosition().then(() => null, messageOf);
      return eventStoreDbFindings({ refusal, info: await askInfo(engine.url) });
    } finally {
      await store.close();
    }
  });
}

async function kafka({ engines: { bus } }: Patient): Promise<readonly Finding[]> {
  if (bus.kind !== 'kafka') return [];
  return answering('kafka', async () => {
    const { inspectCluster } = await import('@brain/message-bus/kafka'); // its client is loaded only where it is used
    return kafkaFindings(await inspectCluster({ ...bus, clientId: 'doctor' }));
  });
}

async function broker({ env }: Patient): Promise<readonly Finding[]> {
  const { env: values } = withFiles(env, ['INGESTION_BROKER_PASSWORD']);
  const access = brokerAccess(values);
  return access === undefined ? [] : brokerFindings(access);
}

async function answering(engine: string, ask: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await ask();
  } catch (error) {
    return [judgeOf(engine)('answer', 'wrong', messageOf(error))];
  }
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
