import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tempDir } from '@brain/testing';
import { MasterKeyRing, newMasterKey } from './master-key-ring.js';

const [first, second] = [newMasterKey('mk-1'), newMasterKey('mk-2')];
const dataKey = Buffer.alloc(32, 9);

describe('the ring of master keys', () => {
  it('unwraps what it wrapped, for the same person alone', async () => {
    const ring = MasterKeyRing.fromText(`# kept apart from the database\n${second}${first}`);
    expect(ring.newest).toBe('mk-2');
    const wrapped = await ring.wrap('mk-1', dataKey, 'key 1 of person a');
    expect(wrapped.includes(dataKey)).toBe(false);
    expect(await ring.unwrap('mk-1', wrapped, 'key 1 of person a')).toEqual(dataKey);
    await expect(ring.unwrap('mk-1', wrapped, 'key 1 of person b')).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED' });
  });

  it('names the key that is needed and was not given', async () => {
    const wrapped = await MasterKeyRing.fromText(first).wrap('mk-1', dataKey, '');
    await expect(MasterKeyRing.fromText(second).unwrap('mk-1', wrapped, '')).rejects.toThrow(
      'master key mk-1 is needed to read personal data and was not given, only mk-2',
    );
  });

  it('names the key that is another under the same name', async () => {
    const wrapped = await MasterKeyRing.fromText(first).wrap('mk-1', dataKey, '');
    await expect(MasterKeyRing.fromText(newMasterKey('mk-1')).unwrap('mk-1', wrapped, '')).rejects.toThrow('mk-1 is not the one that was used');
  });

  it('finds a key that was put into its file later', async () => {
    const folder = await tempDir();
    const file = join(folder.path, 'master-keys');
    await writeFile(file, first);
    const ring = MasterKeyRing.fromFile(file);
    await writeFile(file, second + first);
    const wrapped = await MasterKeyRing.fromText(second).wrap('mk-2', dataKey, '');
    expect(await ring.unwrap('mk-2', wrapped, '')).toEqual(dataKey);
    await folder.remove();
  });

  it.each([
    ['', 'there is no master key'],
    ['mk-1 tooshort', 'line 1 of the master keys is not a name and 32 bytes'],
    [`${first}Not A Name ${first.slice(5)}`, 'line 2 of the master keys'],
  ])('refuses %j without repeating it', (text, message) => {
    expect(() => MasterKeyRing.fromText(text)).toThrow(message);
    if (text !== '') expect(() => MasterKeyRing.fromText(text)).not.toThrow(text.trim());
  });

  it('says when its file cannot be read', () => {
    expect(() => MasterKeyRing.fromFile('/nowhere/master-keys')).toThrow('cannot be read (ENOENT): check BRAIN_MASTER_KEY_FILE');
  });
});
