import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { allows, closedFolder } from './postgres-reach.js';
import { tempDir, type TempDir } from './temp-dir.js';

const EVERYBODY = { uid: -1, gid: -1 };

describe('what permission bits allow', () => {
  const ours = { uid: 0, gid: 0 };
  it.each([
    ['a folder of mode 700 to its owner', { mode: 0o700, ...ours }, { uid: 0, gid: 0 }, true],
    ['a folder of mode 700 to another', { mode: 0o700, ...ours }, { uid: 101, gid: 104 }, false],
    ['a folder of mode 710 to its group', { mode: 0o710, uid: 0, gid: 104 }, { uid: 101, gid: 104 }, true],
    ['a folder of mode 701 to its group', { mode: 0o701, uid: 0, gid: 104 }, { uid: 101, gid: 104 }, false],
    ['a folder of mode 701 to another', { mode: 0o701, ...ours }, { uid: 101, gid: 104 }, true],
    ['a folder of mode 600 to ourselves, who ask nobody', { mode: 0o600, ...ours }, {}, true],
  ])('passing %s', (_, permissions, user, expected) => {
    expect(allows(permissions, user, 1)).toBe(expected);
  });
});

describe('the way to a folder', () => {
  let dir: TempDir;
  beforeEach(async () => {
    dir = await tempDir('brain-', '/tmp');
    await mkdir(join(dir.path, 'open', 'data'), { recursive: true });
  });
  afterEach(() => dir.remove());

  it('names the private folder on it, also behind a link', async () => {
    await symlink(join(dir.path, 'open'), join(dir.path, 'link'));
    const closed = await realpath(dir.path);
    expect(await closedFolder(EVERYBODY, join(dir.path, 'open', 'data'))).toBe(closed);
    expect(await closedFolder(EVERYBODY, join(dir.path, 'link', 'data'))).toBe(closed);
  });

  it('is free where everybody may pass, whatever the last folder allows', async () => {
    await chmod(dir.path, 0o711);
    await chmod(join(dir.path, 'open'), 0o701);
    await chmod(join(dir.path, 'open', 'data'), 0o700);
    expect(await closedFolder(EVERYBODY, join(dir.path, 'open', 'data'))).toBeUndefined();
  });
});
