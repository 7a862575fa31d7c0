import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { applyTopics } from '@brain/message-bus/kafka';
import { eventually, freePort, startPostgres, tempDir, type PostgresServer, type TempDir } from '@brain/testing';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { EventStoreDbServer } from '../eventstoredb/eventstoredb-server.js';
import { startKafka, type KafkaServer } from '../kafka/kafka-server.js';
import { installEngines, keySet, type KeySet } from './provisioned.js';
import { ServiceProcess } from './service-process.js';

const PATIENCE = { timeoutMs: 60_000 };

describe('a service whose engine is not there at its start', () => {
  let folder: TempDir;
  let keys: KeySet;
  let port: number;
  let postgres: PostgresServer;
  let service: ServiceProcess | undefined;
  const startDatabase = () => startPostgres({ dataDir: path.join(folder.path, 'data'), port, password: 'of-a-test-only' });

  beforeAll(async () => {
    folder = await tempDir();
    await chmod(folder.path, 0o755); // PostgreSQL runs as another user when we are root
    keys = await keySet();
    port = await freePort();
    postgres = await startDatabase();
    await installEngines(postgres.url());
  });
  afterEach(() => service?.stop());
  afterAll(async () => {
    await postgres.stop();
    await keys.remove();
    await folder.remove();
  });

  const start = async (env: Readonly<Record<string, string>> = {}) => {
    service = await ServiceProcess.start('audit', { AUDIT_DATABASE_URL: postgres.url(), ...keys.env, ...env });
    return service;
  };

  /** It says what is missing, and only that; once `come` has brought it, the service is ready, and has not complained. */
  const waitsFor = async (missing: readonly string[], waiting: ServiceProcess, come: () => Promise<unknown>) => {
    await eventually(async () => {
      const { status, checks } = await waiting.readiness();
      expect(status).toBe(503);
      expect(Object.keys(checks).filter((name) => checks[name]?.ready === false)).toEqual(missing);
      for (const name of missing) expect(checks[name]?.detail).toEqual(expect.any(String));
    }, PATIENCE);
    await come();
    await eventually(async () => expect(await waiting.readiness()).toMatchObject({ status: 200, ready: true }), PATIENCE);
    expect(waiting.errors).toBe('');
  };

  it('waits for PostgreSQL, with all that is in it', async () => {
    await postgres.stop();
    await waitsFor(['database', 'event-store', 'bus'], await start(), async () => {
      postgres = await startDatabase();
    });
  });

  it('waits for EventStoreDB', async () => {
    const server = await new EventStoreDbServer().start();
    server.stop();
    const waiting = await start({ BRAIN_EVENT_STORE: 'eventstoredb', BRAIN_EVENTSTOREDB_URL: server.url });
    await waitsFor(['event-store'], waiting, () => server.start());
    await waiting.stop();
    server.stop();
  });

  describe('on Kafka', () => {
    let kafka: KafkaServer;
    beforeAll(async () => {
      kafka = await startKafka({ version: '4' });
      await applyTopics({ brokers: kafka.brokers });
    });
    afterAll(() => kafka.stop());

    it('waits for its brokers', async () => {
      await kafka.kill(0);
      const waiting = await start({ BRAIN_BUS: 'kafka', BRAIN_KAFKA_BROKERS: kafka.brokers.join(',') });
      await waitsFor(['bus'], waiting, () => kafka.restart(0));
      await waiting.stop();
    });
  });
});
