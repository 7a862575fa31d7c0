import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tempDir, type TempDir } from '@brain/testing';
import { dataFolder, type DataFolder } from './data-folder.js';
import { takeLock } from './folder-lock.js';
import { requireNoOrphans } from './orphans.js';
import { identityOf } from './process-identity.js';
import { ProcessList } from './process-list.js';

describe('a start after a kill -9 of the one before', () => {
  let dir: TempDir;
  let folder: DataFolder;
  let said: string[];
  let left: ChildProcess;
  beforeEach(async () => {
    dir = await tempDir();
    [folder, said] = [dataFolder(dir.path), []];
    left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  });
  afterEach(async () => {
    left.kill('SIGKILL');
    await dir.remove();
  });

  const start = (patienceMs: number) => requireNoOrphans(folder, (line) => said.push(line), patienceMs);
  const pidOf = ({ pid }: ChildProcess) => pid ?? 0;

  it('is refused while a service of that one runs, with its name and how to end it, and leaves it alone', async () => {
    new ProcessList(folder.processes).note('audit', pidOf(left));
    const pid = String(pidOf(left));
    await expect(start(0)).rejects.toThrow(`Processes of an earlier start still run: audit (${pid}). End them with: kill ${pid} (`);
    expect(said).toEqual([`Waiting for what an earlier start has left to end: audit (${pid}) …`]);
    expect(left.exitCode).toBeNull();
  });

  it('waits for a service that is ending', async () => {
    new ProcessList(folder.processes).note('audit', pidOf(left));
    const started = start(60_000);
    const ended = once(left, 'exit');
    left.kill();
    await ended;
    await expect(started).resolves.toBeUndefined();
  });

  it('goes on when the number belongs to another program by now, and when the list is nonsense', async () => {
    const stranger = { ...identityOf(pidOf(left)), started: '1' };
    await writeFile(folder.processes, JSON.stringify({ audit: stranger }));
    await expect(start(0)).resolves.toBeUndefined();
    await writeFile(folder.processes, '{"audit":{"pid":"many"}}');
    await expect(start(0)).resolves.toBeUndefined();
  });

  it('takes over the lock of a supervisor that is gone, though its number is in use again', async () => {
    await writeFile(folder.lock, `${String(pidOf(left))}\n1\n`);
    await expect(start(0)).resolves.toBeUndefined();
    await writeFile(folder.lock, `${String(pidOf(left))}\n${identityOf(pidOf(left)).started ?? ''}\n`);
    await expect(start(0)).rejects.toThrow(`The data folder is in use by process ${String(pidOf(left))}.`);
    expect(() => takeLock(folder.lock)).toThrow('is in use');
  });

  it('finds no list when all services have been stopped', () => {
    const list = new ProcessList(folder.processes);
    list.note('audit', pidOf(left));
    expect(existsSync(folder.processes)).toBe(true);
    list.forget('audit');
    expect(existsSync(folder.processes)).toBe(false);
  });
});
