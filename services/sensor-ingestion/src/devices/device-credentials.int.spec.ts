import { createHash, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { testDatabase, type TestDatabase } from '@brain/testing';
import { BrokerTokens } from '../broker/broker-tokens.js';
import { DeviceCredentials } from './device-credentials.js';

describe('the token of a device', () => {
  let server: TestDatabase;
  let database: Database;
  let credentials: DeviceCredentials;

  beforeAll(async () => {
    server = await testDatabase();
    database = new Database(server.url, 'sensor_ingestion', 2, () => undefined);
    const client = await database.pool.connect();
    await migrate(client, 'sensor_ingestion', fileURLToPath(new URL('../../migrations', import.meta.url)));
    client.release();
    credentials = new DeviceCredentials(database, new BrokerTokens(database, { INGESTION_BROKER_ADMIN_PASSWORD: undefined }));
  });
  afterAll(async () => {
    await database.onModuleDestroy();
    await server.drop();
  });

  it('is kept as a hash alone', async () => {
    const deviceId = randomUUID();
    const token = (await credentials.issue(deviceId)) ?? '';
    expect(token.length).toBeGreaterThanOrEqual(43);
    const [row] = await database.query<{ token_hash: Buffer }>('SELECT * FROM device_credential WHERE device_id = $1', [deviceId]);
    expect(row?.token_hash.toString('hex')).toBe(createHash('sha256').update(token).digest('hex'));
    const [dump] = await database.query<{ text: string }>('SELECT string_agg(kept::text, $1) AS text FROM device_credential AS kept', ['\n']);
    expect(dump?.text).not.toContain(token);
    expect(await credentials.deviceOf(token)).toBe(deviceId);
  });

  it('is made once: a repeat of the registration does not replace it', async () => {
    const deviceId = randomUUID();
    const token = (await credentials.issue(deviceId)) ?? '';
    expect(await credentials.issue(deviceId)).toBeNull();
    expect(await credentials.deviceOf(token)).toBe(deviceId);
  });

  it('is replaced once per rotation, also by a repeat after a crash, and never by an earlier rotation', async () => {
    const deviceId = randomUUID();
    const first = (await credentials.issue(deviceId)) ?? '';
    const second = (await credentials.replace(deviceId, 5)) ?? '';
    expect(await credentials.deviceOf(first)).toBeUndefined();
    expect(await credentials.replace(deviceId, 5)).toBeNull();
    expect(await credentials.replace(deviceId, 4)).toBeNull();
    expect(await credentials.deviceOf(second)).toBe(deviceId);
    expect(await credentials.replace(deviceId, 6)).not.toBeNull();
    expect(await credentials.deviceOf(second)).toBeUndefined();
  });
});
