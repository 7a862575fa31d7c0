import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { handleCommand, InMemoryEventStore, migrate } from '@brain/event-store';
import type { MessageBus } from '@brain/message-bus';
import { Clock, Commands, Database, Metrics, Readiness } from '@brain/service-kit';
import { testDatabase } from '@brain/testing';
import { pino } from 'pino';
import { BrokerTokens } from '../broker/broker-tokens.js';
import { loadConfig } from '../config.js';
import { DeviceCredentials } from '../devices/device-credentials.js';
import { deviceCodec } from '../devices/device.codec.js';
import { deviceDecider } from '../devices/domain/device.decider.js';
import { deviceStream } from '../devices/domain/device.stream.js';
import { DevicePresence } from '../presence/device-presence.js';
import { DeviceDirectory } from './device-directory.js';
import { IngestionMetrics } from './ingestion-metrics.js';
import { MessageIntake } from './message-intake.js';
import { MqttListener } from './mqtt-listener.js';

export interface OpenListener {
  readonly url: string;
  readonly deviceId: string;
  readonly token: string;
  /** What answers sign-ins, for a test to make it fail. */
  readonly directory: DeviceDirectory;
  close(): Promise<void>;
}

const SCHEMA = 'sensor_ingestion';

/** The listener with a real database and one device, and a bus that is the test's own. */
export async function openListener(publish: MessageBus['publish']): Promise<OpenListener> {
  const server = await testDatabase();
  const database = new Database(server.url, SCHEMA, 4, () => undefined);
  const client = await database.pool.connect();
  await migrate(client, SCHEMA, fileURLToPath(new URL('../../migrations', import.meta.url)));
  client.release();

  const settings = loadConfig({
    INGESTION_MQTT_HOST: '127.0.0.1',
    INGESTION_MQTT_PORT: '0',
    INGESTION_MQTT_WS_PORT: '0',
    INGESTION_DATABASE_URL: server.url,
    BRAIN_AUTH_JWKS_FILE: 'none',
  });
  const [store, clock, logger] = [new InMemoryEventStore(), new Clock(), pino({ level: 'silent' })];
  const bus: MessageBus = {
    publish,
    subscribe: () => Promise.reject(new Error('nobody subscribes here')),
    deadLetters: { list: () => Promise.resolve([]), get: () => Promise.reject(new Error('none here')), replay: () => Promise.resolve() },
    lag: () => Promise.resolve([]),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const credentials = new DeviceCredentials(database, new BrokerTokens(database, settings));
  const metrics = new IngestionMetrics(new Metrics('sensor-ingestion'));
  const presence = new DevicePresence(settings, database, new Commands(store, 'sensor-ingestion', logger), clock, logger);
  const intake = new MessageIntake(bus, settings, clock, metrics, logger);
  const directory = new DeviceDirectory(database, credentials, store);
  const listener = new MqttListener(settings, directory, intake, presence, metrics, logger, new Readiness(), clock);
  await listener.onApplicationBootstrap();

  const deviceId = randomUUID();
  await register(store, deviceId);
  return {
    url: `mqtt://127.0.0.1:${String(listener.port)}`,
    deviceId,
    token: (await credentials.issue(deviceId)) ?? '',
    directory,
    close: async () => {
      await listener.onModuleDestroy();
      await database.onModuleDestroy();
      await server.drop();
    },
  };
}

async function register(store: InMemoryEventStore, deviceId: string): Promise<void> {
  const profile = { name: 'probe', kind: 'temperature', areaCode: '440305001001', location: null };
  await handleCommand(store, deviceCodec, deviceDecider, deviceStream(deviceId), { type: 'RegisterDevice', deviceId, profile, areaKnown: true }, {
    source: 'sensor-ingestion',
    actor: { type: 'system', id: 'test' },
    time: new Date(0).toISOString(),
    correlationId: deviceId,
    causationId: deviceId,
  });
}
