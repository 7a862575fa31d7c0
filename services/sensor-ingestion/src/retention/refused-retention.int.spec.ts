import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createSigningKeys } from '@brain/auth';
import { EVENT_STORE, installEventStore, installPersonalData, MasterKeyRing, START_POSITION, type EventStore } from '@brain/event-store';
import { installMessageBus, topicCatalogue } from '@brain/message-bus';
import { createService } from '@brain/service-kit';
import { eventually, MASTER_KEY, testDatabase } from '@brain/testing';
import { installTimeSeries } from '@brain/time-series';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../config.js';
import { RefusedMessages } from '../refused/refused-messages.query.js';

const DAY_MS = 24 * 60 * 60_000;

describe('how long refused messages are kept', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let folder: string;

  beforeAll(async () => {
    database = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'brain-retention-'));
    await writeFile(join(folder, 'jwks.json'), JSON.stringify((await createSigningKeys()).jwks));
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await installEventStore(client, { roles: [] });
    await installPersonalData(client, { masterKeys: MasterKeyRing.fromText(MASTER_KEY), readers: [], writers: [], erasers: [] });
    await installMessageBus(client, { roles: [], topics: topicCatalogue });
    await installTimeSeries(client, { roles: [] });
    await client.end();
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const start = async (days?: string) => {
    const config = loadConfig({
      INGESTION_DATABASE_URL: database.url,
      INGESTION_MQTT_HOST: '127.0.0.1',
      INGESTION_MQTT_PORT: '0',
      INGESTION_MQTT_WS_PORT: '0',
      BRAIN_AUTH_JWKS_FILE: join(folder, 'jwks.json'),
      BRAIN_MASTER_KEY: MASTER_KEY,
      BRAIN_LOG_LEVEL: 'silent',
      ...(days === undefined ? {} : { INGESTION_KEEP_REFUSED_DAYS: days }),
    });
    const app = await createService('sensor-ingestion', config.kit, AppModule.with(config));
    try {
      return await app.init();
    } catch (error) {
      await app.close().catch(() => undefined);
      throw error;
    }
  };
  const agesLeft = async (): Promise<number[]> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ age: number }>('SELECT extract(day FROM now() - received_at)::int AS age FROM sensor_ingestion.refused_message ORDER BY age');
    await client.end();
    return rows.map(({ age }) => age);
  };
  const refusedAt = (age: number) => ({
    refusalId: randomUUID(), receivedAt: Date.now() - age * DAY_MS - 60_000, deviceId: null, areaCode: null, topic: 'v1/devices/me/telemetry',
    code: 'PAYLOAD_NOT_JSON', detail: 'is no JSON', path: '', payload: '', sizeBytes: 0, correlationId: randomUUID(),
  });

  it('is for ever until somebody decides', async () => {
    const app = await start();
    await app.get(RefusedMessages).add([10, 150, 250, 500].map(refusedAt));
    await app.close();
    expect(await agesLeft()).toEqual([10, 150, 250, 500]);
  });

  it.each(['183', '0', '-1', '6 months', ''])('is not %j: that is less than six months, or no time', (days) => {
    expect(() => loadConfig({ INGESTION_DATABASE_URL: database.url, BRAIN_AUTH_JWKS_FILE: 'x', INGESTION_KEEP_REFUSED_DAYS: days })).toThrow('INGESTION_KEEP_REFUSED_DAYS: RETENTION_TOO_SHORT');
  });

  it('is what the first start with a setting decides, on the record; what is older goes', async () => {
    const app = await start('300');
    await eventually(async () => expect(await agesLeft()).toEqual([10, 150, 250]));
    const decided: unknown[] = [];
    for await (const { data, metadata } of app.get<EventStore>(EVENT_STORE).readAll({ after: START_POSITION, types: ['sensor-ingestion.retention-raised.v1'] })) {
      decided.push({ ...data, by: metadata.actor.id });
    }
    expect(decided).toEqual([{ of: 'refused-messages', days: 300, before: null, by: 'configuration' }]);
    await app.close();
  });

  it('is not lowered by a later start, which names both', async () => {
    await expect(start('200')).rejects.toMatchObject({ code: 'RETENTION_LOWERED', message: expect.stringMatching(/300 days.*200 days/) });
    expect(await agesLeft()).toEqual([10, 150, 250]);
  });

  it('stays what was decided when the setting is gone', async () => {
    const app = await start();
    await app.get(RefusedMessages).add([299, 301].map(refusedAt));
    await app.close();
    const again = await start();
    await eventually(async () => expect(await agesLeft()).toEqual([10, 150, 250, 299]));
    await again.close();
  });
});
