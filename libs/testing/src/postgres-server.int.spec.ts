import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.js';
import { binariesFor, ensureEmbeddedPostgres } from './postgres-binaries.js';
import { startPostgres, type PostgresServer } from './postgres-server.js';
import { serverUser } from './postgres-user.js';
import { tempDir, type TempDir } from './temp-dir.js';

const run = promisify(execFile);

describe('PostgreSQL programs in a private folder', () => {
  let folder: TempDir;
  beforeEach(async () => (folder = await tempDir()));
  afterEach(() => folder.remove());

  it('are started by the user that runs the server: as root from a copy, else from where they are', async () => {
    const installed = dirname(dirname(dirname((await ensureEmbeddedPostgres({})).postgres)));
    const checkout = join(folder.path, 'package');
    await cp(installed, checkout, { recursive: true, verbatimSymlinks: true });
    const user = await serverUser();
    const { postgres, initdb } = await binariesFor(user, checkout);
    expect(postgres.startsWith(checkout)).toBe(user.uid === undefined);
    const { stdout } = await run(initdb, ['--version'], { ...user, cwd: '/' });
    expect(stdout).toContain('initdb (PostgreSQL) 18');
    await expect(run(postgres, ['--version'], { ...user, cwd: '/' })).resolves.toMatchObject({ stderr: '' });
  });
});

describe('the embedded PostgreSQL', () => {
  let folder: TempDir;
  let server: PostgresServer;
  afterEach(async () => {
    await server.stop();
    await folder.remove();
  });

  /** The temporary folder is private: as root, another user runs the server and must reach it all the same. */
  const start = async () => {
    server = await startPostgres({ dataDir: join(folder.path, 'data'), port: await freePort(), password: 'p@ss word' });
  };
  const query = async (sql: string) => {
    const client = new pg.Client(server.url());
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const noteOfServer = () => join(folder.path, 'data', 'postmaster.pid');
  const pidOfServer = async () => Number((await readFile(noteOfServer(), 'utf8')).split('\n')[0]);

  it('keeps its data from one start to the next, and listens on loopback only', async () => {
    folder = await tempDir();
    await start();
    await query('CREATE TABLE note AS SELECT 1 AS n');
    expect(await query('SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await server.stop();
    await start();
    expect(await query('SELECT n FROM note')).toEqual([{ n: 1 }]);
  });

  it('starts again after a kill -9, with everything that was committed', async () => {
    folder = await tempDir();
    await start();
    await query('CREATE TABLE note AS SELECT 2 AS n');
    process.kill(await pidOfServer(), 'SIGKILL');
    await server.exited;
    await start();
    expect(await query('SELECT n FROM note')).toEqual([{ n: 2 }]);
  });

  it('starts though the number of the dead server now belongs to another program', async () => {
    folder = await tempDir();
    await start();
    const note = await readFile(noteOfServer(), 'utf8');
    process.kill(await pidOfServer(), 'SIGKILL');
    await server.exited;
    await writeFile(noteOfServer(), note.replace(/^\d+/, String(process.pid)));
    await start();
    expect(await query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('takes the place of a server that an earlier run left behind', async () => {
    folder = await tempDir();
    await start();
    const left = server;
    await query('CREATE TABLE note AS SELECT 3 AS n');
    await start();
    await left.exited;
    expect(await query('SELECT n FROM note')).toEqual([{ n: 3 }]);
  });

  it('is made whole, though an earlier start was killed while it made the database', async () => {
    folder = await tempDir();
    const unfinished = join(folder.path, 'data.unfinished-abc123');
    await mkdir(unfinished);
    await writeFile(join(unfinished, 'PG_VERSION'), '18');
    await writeFile(`${unfinished}.pw`, 'p');
    await start();
    expect(await query('SELECT 4 AS n')).toEqual([{ n: 4 }]);
    expect(await readdir(folder.path)).toEqual(['data']);
  });

  it('says why when it cannot start', async () => {
    folder = await tempDir();
    await start();
    const other = await tempDir();
    const taken = startPostgres({ dataDir: join(other.path, 'data'), port: server.port, password: 'x' });
    await expect(taken).rejects.toThrow('Address already in use');
    await other.remove();
  });
});
