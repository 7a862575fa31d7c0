import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, freePort, tempDir, type TempDir } from '@brain/testing';
import pg from 'pg';
import { dataFolder } from './data-folder.js';
import { DatabaseServer } from './database-server.js';

describe('the database of the local stack', () => {
  let dir: TempDir;
  let server: DatabaseServer;
  let hasEnded: () => void = () => undefined;
  beforeEach(async () => {
    dir = await tempDir();
    await mkdir(dataFolder(dir.path).logs);
    const secrets = { postgresPassword: 'secret', servicePasswords: {} } as ConstructorParameters<typeof DatabaseServer>[1];
    server = new DatabaseServer(dataFolder(dir.path), secrets, await freePort(), () => hasEnded());
    await server.start();
  }, 60_000);
  afterEach(async () => {
    await server.stop();
    await dir.remove();
  }, 60_000);

  const connect = async () => {
    const client = new pg.Client(server.url('postgres'));
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };

  it('is started again after a kill -9, though a connection of the old one writes to the log after its end', async () => {
    const late = await connect();
    const { rows } = await late.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const backend = rows[0]?.pid ?? 0;
    const ended = new Promise<void>((resolve) => (hasEnded = resolve));
    process.kill(backend, 'SIGSTOP');
    const note = readFileSync(path.join(dataFolder(dir.path).postgres, 'postmaster.pid'), 'utf8');
    process.kill(Number(note.split('\n')[0]), 'SIGKILL');
    await ended;
    process.kill(backend, 'SIGCONT');
    await eventually(
      async () => {
        const client = await connect();
        expect((await client.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
        await client.end();
      },
      { timeoutMs: 30_000, everyMs: 100 },
    );
    expect(readFileSync(path.join(dataFolder(dir.path).logs, 'postgres.log'), 'utf8')).toContain('unexpected postmaster exit');
  }, 60_000);
});
