import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore, loadState, migrate } from '@brain/event-store';
import { Commands, Database, FixedClock } from '@brain/service-kit';
import { eventually, testDatabase, type TestDatabase } from '@brain/testing';
import pino from 'pino';
import { loadConfig } from '../config.js';
import { deviceCodec } from '../devices/device.codec.js';
import type { DeviceCommand } from '../devices/domain/device.commands.js';
import { deviceDecider } from '../devices/domain/device.decider.js';
import { deviceStream } from '../devices/domain/device.stream.js';
import { DevicePresence } from './device-presence.js';

const SCHEMA = 'sensor_ingestion';
const GRACE_SECONDS = 0.2;
const logger = pino({ level: 'silent' });

/** Counts how often it is looked at: twice in each round of the presence, which asks the database nothing while it holds nobody. */
class WatchedClock extends FixedClock {
  looks = 0;

  override millis(): number {
    this.looks += 1;
    return super.millis();
  }
}

describe('after a start', () => {
  const deviceId = randomUUID();
  const clock = new WatchedClock(Date.parse('2026-03-01T10:00:00.000Z'));
  const store = new InMemoryEventStore();
  const commands = new Commands(store, 'sensor-ingestion', logger);
  let server: TestDatabase;
  let database: Database;
  let presence: DevicePresence;

  beforeAll(async () => {
    server = await testDatabase();
    database = new Database(server.url, SCHEMA, 2, () => undefined);
    const client = await database.pool.connect();
    await migrate(client, SCHEMA, fileURLToPath(new URL('../../migrations', import.meta.url)));
    client.release();
    await onlineBeforeTheStart();
    const settings = loadConfig({
      INGESTION_OFFLINE_AFTER_SECONDS: String(GRACE_SECONDS),
      INGESTION_DATABASE_URL: server.url,
      BRAIN_AUTH_JWKS_FILE: 'none',
    });
    presence = new DevicePresence(settings, database, commands, clock, logger);
    presence.onApplicationBootstrap();
  });
  afterAll(async () => {
    await presence.onModuleDestroy();
    await database.onModuleDestroy();
    await server.drop();
  });

  /** Its connection ended with the process before us, longer ago than the grace time. */
  async function onlineBeforeTheStart(): Promise<void> {
    const profile = { name: 'lift', kind: 'temperature', areaCode: '440305001001', location: null };
    await give({ type: 'RegisterDevice', deviceId, profile, areaKnown: true });
    await give({ type: 'NoteDeviceOnline', deviceId, now: clock.now() });
    await database.query(
      `INSERT INTO device_list (device_id, name, kind, area_code, state, online, revision)
       VALUES ($1, 'lift', 'temperature', '440305001001', 'registered', true, 1)`,
      [deviceId],
    );
    await database.query("INSERT INTO device_seen VALUES ($1, now() - interval '1 hour', now() - interval '1 hour')", [deviceId]);
  }

  const give = (command: DeviceCommand) =>
    commands.runFor(deviceCodec, deviceDecider, deviceStream(deviceId), command, {
      actor: { type: 'system', id: 'test' },
      time: clock.now(),
      correlationId: deviceId,
      causationId: deviceId,
    });
  const state = async () => (await loadState(store, deviceCodec, deviceDecider, deviceStream(deviceId))).state;

  it('nobody is offline before the grace time has passed, then those who did not come back are', async () => {
    const before = clock.looks;
    await eventually(() => expect(clock.looks - before).toBeGreaterThanOrEqual(8));
    expect(await state()).toMatchObject({ online: true });
    clock.advance(GRACE_SECONDS * 1000);
    await eventually(async () => expect(await state()).toMatchObject({ online: false }));
  });
});
