import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyForEverybody } from './postgres-copy.js';
import { tempDir, type TempDir } from './temp-dir.js';

describe('the copy of the PostgreSQL programs', () => {
  let dir: TempDir;
  let source: string;
  let place: string;
  beforeEach(async () => {
    dir = await tempDir('brain-', '/tmp');
    await chmod(dir.path, 0o755);
    [source, place] = [join(dir.path, 'private'), join(dir.path, 'cache')];
    await mkdir(join(source, 'native', 'bin'), { recursive: true, mode: 0o700 });
    await mkdir(place);
    await writeFile(join(source, 'package.json'), '{"version":"18.4.0"}', { mode: 0o600 });
    await writeFile(join(source, 'native', 'bin', 'postgres'), 'program', { mode: 0o700 });
    await symlink('postgres', join(source, 'native', 'bin', 'postmaster'));
  });
  afterEach(() => dir.remove());

  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
  const copies = () => readdir(join(place, 'community-brain'));

  it('is readable by everybody and writable by its owner, and named by version and content', async () => {
    const copy = await copyForEverybody(source, [place]);
    expect(copy).toMatch(/community-brain\/postgres-18\.4\.0-[0-9a-f]{16}$/);
    expect(await readFile(join(copy, 'native/bin/postgres'), 'utf8')).toBe('program');
    expect(await readlink(join(copy, 'native/bin/postmaster'))).toBe('postgres');
    const modes = ['', 'native', 'native/bin', 'native/bin/postgres', 'package.json'].map((name) => modeOf(join(copy, name)));
    expect(await Promise.all(modes)).toEqual([0o755, 0o755, 0o755, 0o755, 0o644]);
  });

  it('is made once by many starts at the same moment, and anew for other programs', async () => {
    const made = await Promise.all([1, 2, 3].map(() => copyForEverybody(source, [place])));
    expect(new Set(made).size).toBe(1);
    expect(await copies()).toHaveLength(1);
    await writeFile(join(source, 'native', 'bin', 'postgres'), 'proGram');
    expect(made).not.toContain(await copyForEverybody(source, [place]));
    expect(await copies()).toHaveLength(2);
  });

  it('goes to no folder that others may write, that is a link, or that lies in a private one', async () => {
    const [writable, linked, hidden] = ['writable', 'linked', 'hidden'].map((name) => join(dir.path, name));
    for (const folder of [writable, linked, hidden]) await mkdir(folder ?? '');
    await mkdir(join(writable ?? '', 'community-brain'));
    await chmod(join(writable ?? '', 'community-brain'), 0o777);
    await symlink(place, join(linked ?? '', 'community-brain'));
    await chmod(hidden ?? '', 0o700);
    const places = [writable ?? '', linked ?? '', hidden ?? '', place];
    expect(await copyForEverybody(source, places)).toContain(join(place, 'community-brain'));
    await expect(copyForEverybody(source, places.slice(0, 3))).rejects.toThrow('no place for a copy');
  });
});
