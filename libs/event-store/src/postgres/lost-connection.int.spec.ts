import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort, startPostgres, type PostgresServer } from '@brain/testing';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { eventually } from '@brain/testing';
import { appendTo, newStream, noted } from '../conformance/sample-events.js';
import { START_POSITION } from '../event-store.port.js';
import { installEventStore } from './install-event-store.js';
import { PostgresEventStore } from './postgres-event-store.js';

describe('an event store whose server goes away and comes back', () => {
  const dataDir = join(tmpdir(), `brain-es-${randomBytes(6).toString('hex')}`);
  let start: () => Promise<PostgresServer>;
  let server: PostgresServer;
  beforeAll(async () => {
    const options = { dataDir, port: await freePort(), password: 'secret' };
    start = () => startPostgres(options);
    server = await start();
    const client = new pg.Client(server.url());
    await client.connect();
    await installEventStore(client, { roles: [] });
    await client.end();
  });
  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('goes on with its tails, and fails appends only in between', async () => {
    const errors: unknown[] = [];
    const store = new PostgresEventStore({ connectionString: server.url(), onError: (error) => errors.push(error) });
    const abort = new AbortController();
    const seen: unknown[] = [];
    const tail = (async () => {
      for await (const { events } of store.tail({ after: START_POSITION, signal: abort.signal })) {
        seen.push(...events.map((event) => event.data['n']));
      }
    })();
    await appendTo(store, newStream(), 'none', noted(1));
    await eventually(() => expect(seen).toEqual([1]));

    await server.stop();
    await expect(appendTo(store, newStream(), 'none', noted(2))).rejects.toThrow();
    server = await start();
    await appendTo(store, newStream(), 'none', noted(3));
    await eventually(() => expect(seen).toEqual([1, 3]));
    expect(errors).not.toEqual([]);

    abort.abort();
    await tail;
    await store.close();
  });
});
