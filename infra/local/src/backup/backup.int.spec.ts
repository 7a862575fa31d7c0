import { cp, mkdir, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startPostgres, tempDir, type PostgresServer, type TempDir } from '@brain/testing';
import pg from 'pg';
import { dataFolder, openDataFolder, releaseDataFolder, type DataFolder } from '../start/data-folder.js';
import { DatabaseServer } from '../start/database-server.js';
import { takeLock } from '../start/folder-lock.js';
import { freeLoopbackPort } from '../start/ports.js';
import { loadSecrets } from '../start/secrets.js';
import type { BackupManifest } from './manifest.js';
import { restoreBackup } from './restore-backup.js';
import { takeBackup } from './take-backup.js';

const PASSPHRASE = 'kept in the safe';
const CHECKPOINT = 'log of the test\n3\nroot\n';

/** Commits one event after another; `count` are those that were acknowledged. */
class Writer {
  count = 0;
  private isStopping = false;
  private running: Promise<void> | undefined;

  constructor(private readonly url: string) {}

  start(): void {
    this.running = this.write();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  private async write(): Promise<void> {
    const client = new pg.Client(this.url);
    await client.connect();
    while (!this.isStopping) {
      await client.query('INSERT INTO event_store.event (data) VALUES ($1)', ['x'.repeat(500)]);
      this.count += 1;
    }
    await client.end();
  }
}

describe('a backup of a data folder', () => {
  let dir: TempDir;
  let folder: DataFolder;
  let server: DatabaseServer;
  let manifest: BackupManifest;
  let acknowledgedBefore = 0;
  const at = (name: string) => path.join(dir.path, name);
  const ask = (passphrase = PASSPHRASE) => () => Promise.resolve(passphrase);
  const restore = (source: string, dataDir: string, passphrase = PASSPHRASE) => restoreBackup({ source: at(source), dataDir: at(dataDir), passphrase: ask(passphrase) });
  const isThere = (name: string) => stat(at(name)).then(() => true, () => false);

  beforeAll(async () => {
    dir = await tempDir();
    folder = await openDataFolder(at('data'));
    server = new DatabaseServer(folder, loadSecrets(folder), await freeLoopbackPort(), () => undefined);
    await server.start();
    await query(server.url('postgres'), 'CREATE DATABASE brain');
    await query(server.url('brain'), 'CREATE SCHEMA event_store; CREATE TABLE event_store.event (id serial PRIMARY KEY, data text)');
    await query(server.url('brain'), 'CREATE SCHEMA operations_gateway; CREATE TABLE operations_gateway.sessions (session_id int); INSERT INTO operations_gateway.sessions VALUES (1)');
    await writeFile(path.join(folder.keys, 'master-keys'), 'mk-1 secret of the master key', { mode: 0o600 });
    await mkdir(path.join(folder.log, 'tile/0'), { recursive: true });
    await writeFile(path.join(folder.log, 'tile/0/000'), 'hashes');
    await writeFile(path.join(folder.log, 'checkpoint'), CHECKPOINT);
    const writer = new Writer(server.url('brain'));
    writer.start();
    await eventually(() => expect(writer.count).toBeGreaterThan(20));
    acknowledgedBefore = writer.count;
    manifest = await takeBackup({ folder, databaseUrl: server.url('brain'), eventStore: 'postgres', target: at('backup'), passphrase: PASSPHRASE });
    await writer.stop();
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    releaseDataFolder(folder);
    await dir.remove();
  });

  it('while the product writes has everything that was acknowledged before, and opens as a database', async () => {
    expect(acknowledgedBefore).toBeGreaterThan(0);
    const restored = await restore('backup', 'restored');
    expect(restored.manifest).toEqual(manifest);
    expect(restored.events).toBeGreaterThanOrEqual(acknowledgedBefore);
    const again = await openRestored('restored');
    expect(await query(again.url('brain'), 'SELECT count(*)::int AS n, max(id) AS last FROM event_store.event')).toEqual([{ n: restored.events, last: restored.events }]);
    // A session that ended after the backup must not go on by it.
    expect(await query(again.url('brain'), 'SELECT * FROM operations_gateway.sessions')).toEqual([]);
    await again.stop();
  });

  it('brings back log and keys, each as closed as it was', async () => {
    expect(await readFile(at('restored/log/checkpoint'), 'utf8')).toBe(CHECKPOINT);
    expect(await readFile(at('restored/log/tile/0/000'), 'utf8')).toBe('hashes');
    expect(await readFile(at('restored/keys/master-keys'), 'utf8')).toContain('mk-1');
    expect(await readFile(at('restored/secrets.json'), 'utf8')).toBe(await readFile(folder.secrets, 'utf8'));
    const modes = await Promise.all(['restored/keys', 'restored/keys/master-keys', 'restored/log', 'restored/postgres'].map(async (name) => (await stat(at(name))).mode & 0o777));
    expect(modes).toEqual([0o700, 0o600, 0o700, 0o700]);
    expect(manifest).toMatchObject({ checkpoint: CHECKPOINT, hasMasterKeys: true, eventStore: 'postgres' });
  });

  it('holds no key or password in plain text', async () => {
    const { postgresPassword } = loadSecrets(folder);
    for (const name of await readdir(at('backup'))) {
      const bytes = await readFile(at(`backup/${name}`));
      expect([name, bytes.includes(postgresPassword), bytes.includes('secret of the master key')]).toEqual([name, false, false]);
    }
  });

  it('goes into an empty folder alone', async () => {
    const request = { folder, databaseUrl: server.url('brain'), eventStore: 'postgres', target: at('backup'), passphrase: PASSPHRASE } as const;
    await expect(takeBackup(request)).rejects.toMatchObject({ code: 'FOLDER_NOT_EMPTY' });
  });

  it('that was interrupted is no backup, and says so', async () => {
    await cp(at('backup'), at('interrupted'), { recursive: true });
    await rm(at('interrupted/manifest.json'));
    await expect(restore('interrupted', 'nowhere')).rejects.toMatchObject({ code: 'BACKUP_INCOMPLETE' });
    await expect(restore('no-such-folder', 'nowhere')).rejects.toMatchObject({ code: 'BACKUP_MISSING' });
    expect(await isThere('nowhere')).toBe(false);
  });

  it('that was damaged, or whose passphrase is wrong, is not restored, and nothing is written', async () => {
    await cp(at('backup'), at('damaged'), { recursive: true });
    await truncate(at('damaged/log.tar'), 1024);
    await expect(restore('damaged', 'target')).rejects.toMatchObject({ code: 'BACKUP_DAMAGED', message: expect.stringContaining('log.tar') });
    await expect(restore('backup', 'target', 'kept in the sofa')).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    expect(await readdir(at('target'))).toEqual([]);
  });

  it('is restored with keys that were kept apart', async () => {
    await cp(at('backup'), at('apart'), { recursive: true });
    await rm(at('apart/keys.sealed'));
    await expect(restore('apart', 'from-apart')).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    const { events } = await restoreBackup({ source: at('apart'), dataDir: at('from-apart'), passphrase: ask(), keysFile: at('backup/keys.sealed') });
    expect(events).toBeGreaterThanOrEqual(acknowledgedBefore);
  });

  it('is not restored into a folder that is in use, that holds anything, or whose restore was interrupted', async () => {
    await expect(restore('backup', 'data')).rejects.toThrow(/FOLDER_NOT_EMPTY/); // its lock is ours
    await mkdir(at('used'));
    takeLock(dataFolder(at('used')).lock);
    await expect(restore('backup', 'used')).rejects.toThrow('FOLDER_NOT_EMPTY');
    await mkdir(at('half'));
    await writeFile(dataFolder(at('half')).unfinishedRestore, '');
    await expect(restore('backup', 'half')).rejects.toThrow('holds a restore that was interrupted');
    await expect(openDataFolder(at('half'))).rejects.toThrow('A restore into');
  });

  async function openRestored(name: string): Promise<PostgresServer> {
    const restored = dataFolder(at(name));
    return startPostgres({ dataDir: restored.postgres, port: await freeLoopbackPort(), password: loadSecrets(restored).postgresPassword });
  }
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
