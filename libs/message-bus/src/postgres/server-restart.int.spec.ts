import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, freePort, startPostgres, tempDir, type PostgresServer, type TempDir } from '@brain/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { conformanceTopics, record, Recorder } from '../conformance/bus-under-test.fixture.js';
import { installMessageBus } from './install-message-bus.js';
import { PostgresMessageBus } from './postgres-message-bus.js';

let folder: TempDir;
let server: PostgresServer;
let restart: () => Promise<PostgresServer>;
let bus: PostgresMessageBus;

beforeAll(async () => {
  folder = await tempDir();
  await chmod(folder.path, 0o755); // the server may run as another user
  const settings = { dataDir: join(folder.path, 'data'), port: await freePort(), password: 'restart' };
  restart = () => startPostgres(settings);
  server = await restart();
  const client = new pg.Client(server.url());
  await client.connect();
  await installMessageBus(client, { roles: [], topics: conformanceTopics });
  await client.end();
  bus = new PostgresMessageBus({ connectionString: server.url(), leaseMs: 1_000 });
}, 60_000);
afterAll(async () => {
  await bus.close();
  await server.stop();
  await folder.remove();
});

describe('a restart of PostgreSQL', () => {
  it('rejects publishing while it lasts, and subscriptions go on after it', async () => {
    const recorder = new Recorder();
    await bus.subscribe({ group: 'g', topics: ['spread'], handler: recorder.handler });
    await bus.publish('spread', [record('a', 'before')]);
    await eventually(() => expect(recorder.values()).toEqual(['before']));

    await server.stop();
    await expect(bus.publish('spread', [record('a', 'lost')])).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    await expect(bus.ping()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });

    server = await restart();
    await eventually(() => bus.publish('spread', [record('a', 'after')]));
    await eventually(() => expect(recorder.values()).toContain('after'));
    expect(recorder.values()).not.toContain('lost');
  });
});
