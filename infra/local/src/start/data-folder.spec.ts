import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tempDir, type TempDir } from '@brain/testing';
import { openDataFolder, releaseDataFolder } from './data-folder.js';
import { StartError } from './start-error.js';

const OTHERS = 0o007;

describe('the data folder', () => {
  let dir: TempDir;
  let root: string;
  beforeEach(async () => {
    dir = await tempDir();
    root = path.join(dir.path, 'data');
  });
  afterEach(() => dir.remove());

  const modeOf = async (name: string) => (await stat(path.join(root, name))).mode & 0o777;
  const inner = ['keys', 'logs', 'tls', 'log'];
  const open = async () => releaseDataFolder(await openDataFolder(root));

  it('is closed to others, and all that is in it to everybody else', async () => {
    await open();
    expect((await modeOf('.')) & OTHERS).toBe(0);
    expect(await Promise.all(inner.map(modeOf))).toEqual([0o700, 0o700, 0o700, 0o700]);
    expect(await modeOf('version.json')).toBe(0o600);
  });

  it('of an earlier version, open to all, is closed too', async () => {
    for (const name of inner) await mkdir(path.join(root, name), { recursive: true, mode: 0o755 });
    await writeFile(path.join(root, 'version.json'), '{"dataVersion":1}');
    await chmod(root, 0o755);
    await open();
    expect((await modeOf('.')) & OTHERS).toBe(0);
    expect(await Promise.all(inner.map(modeOf))).toEqual([0o700, 0o700, 0o700, 0o700]);
  });

  it('that holds what is not ours stays as open as it was', async () => {
    await mkdir(root, { mode: 0o755 });
    await chmod(root, 0o755);
    await writeFile(path.join(root, 'somebody.txt'), 'else');
    await open();
    expect(await modeOf('.')).toBe(0o755);
    expect(await modeOf('keys')).toBe(0o700);
  });

  it('is refused when it is of a newer program, damaged, or no folder', async () => {
    await mkdir(root);
    await writeFile(path.join(root, 'version.json'), '{"dataVersion":99}');
    await expect(openDataFolder(root)).rejects.toThrow(/^The data folder is of version 99, this program knows version 1/);
    await writeFile(path.join(root, 'version.json'), '');
    await expect(openDataFolder(root)).rejects.toThrow(/version\.json is damaged: it is not JSON/);
    await expect(openDataFolder(path.join(root, 'version.json'))).rejects.toThrow(StartError);
  });
});
