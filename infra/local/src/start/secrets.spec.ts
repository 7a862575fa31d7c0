import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES } from '@brain/contracts';
import { tempDir } from '@brain/testing';
import { loadCredentials } from './secrets.js';

describe('the first passwords', () => {
  let folder: Awaited<ReturnType<typeof tempDir>>;
  let credentials: string;
  beforeEach(async () => {
    folder = await tempDir();
    credentials = path.join(folder.path, 'credentials.json');
  });
  afterEach(() => folder.remove());

  it('are made once, one account per role, readable by their owner alone', async () => {
    const made = loadCredentials({ credentials });
    expect(made.fresh.map(({ role }) => role)).toEqual([...ROLES]);
    expect(made.fresh.flatMap(({ role, areaCodes }) => (areaCodes === undefined ? [] : [{ role, areaCodes }]))).toEqual([{ role: 'auditor', areaCodes: ['*'] }]);
    expect((await stat(credentials)).mode & 0o077).toBe(0);
    expect(loadCredentials({ credentials })).toEqual({ credentials: made.credentials, fresh: [] });
  });

  it('come to a folder that is older than a role, and the others stay as they are', async () => {
    const known = [{ username: 'administrator', password: 'kept', role: 'administrator' }];
    await writeFile(credentials, JSON.stringify(known));
    const { fresh } = loadCredentials({ credentials });
    expect(fresh.map(({ role }) => role)).toEqual(ROLES.filter((role) => role !== 'administrator'));
    expect(JSON.parse(await readFile(credentials, 'utf8'))).toEqual([...known, ...fresh]);
  });
});
