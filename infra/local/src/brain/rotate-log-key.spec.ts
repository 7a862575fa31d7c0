import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tempDir, type TempDir } from '@brain/testing';
import { followKeyRotations, generateSigningKey, parseSigningKey } from '@brain/verifiable-log';
import { rotateLogKey, type LogKeyFiles } from './rotate-log-key.js';

const origin = 'example.org/log';

describe('a new key for the log', () => {
  let folder: TempDir;
  let files: LogKeyFiles;
  const first = generateSigningKey(origin);
  beforeEach(async () => {
    folder = await tempDir();
    files = { keyFile: path.join(folder.path, 'log.key'), logFolder: path.join(folder.path, 'log') };
    await writeFile(files.keyFile, `${first.skey}\n`);
  });
  afterEach(() => folder.remove());

  const keys = async () => (await readFile(files.keyFile, 'utf8')).trim().split('\n');
  const statements = async () => {
    const dir = path.join(files.logFolder, 'key-rotations');
    return Promise.all((await readdir(dir)).map((name) => readFile(path.join(dir, name), 'utf8')));
  };

  it('is trusted by whoever pinned the first one, however often it changes', async () => {
    const made = [await rotateLogKey(files), await rotateLogKey(files)];
    expect(made[0]?.previous).toBe(first.vkey);
    expect(made[1]?.previous).toBe(made[0]?.next);
    const trusted = followKeyRotations(first.vkey, origin, await statements());
    expect(trusted.map(({ vkey }) => vkey)).toEqual([first.vkey, made[0]?.next, made[1]?.next]);
    expect((await keys()).map((skey) => parseSigningKey(skey).vkey)).toEqual([made[1]?.next, made[0]?.next, first.vkey]);
    expect((await stat(files.keyFile)).mode & 0o777).toBe(0o600);
  });

  it('is the same one when the first try was killed, after the key was chosen or after all but the last step', async () => {
    const chosen = generateSigningKey(origin);
    await writeFile(`${files.keyFile}.next`, `${chosen.skey}\n`);
    expect((await rotateLogKey(files)).next).toBe(chosen.vkey);
    await writeFile(`${files.keyFile}.next`, `${chosen.skey}\n`);
    expect(await rotateLogKey(files)).toEqual({ previous: first.vkey, next: chosen.vkey });
    expect(await keys()).toHaveLength(2);
    expect(await statements()).toHaveLength(1);
    await expect(stat(`${files.keyFile}.next`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('has one statement when it was killed between the statement and the key', async () => {
    const chosen = generateSigningKey(origin);
    await writeFile(`${files.keyFile}.next`, `${chosen.skey}\n`);
    await rotateLogKey(files);
    await writeFile(files.keyFile, `${first.skey}\n`);
    await writeFile(`${files.keyFile}.next`, `${chosen.skey}\n`);
    await rotateLogKey(files);
    expect(await statements()).toHaveLength(1);
    expect(followKeyRotations(first.vkey, origin, await statements())).toHaveLength(2);
  });
});
