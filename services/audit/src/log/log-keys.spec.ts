import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tempDir, type TempDir } from '@brain/testing';
import { generateSigningKey, parseSigningKey, signCheckpoint } from '@brain/verifiable-log';
import { readLogKeys, requireLogKey } from './log-keys.js';
import type { LogSettings } from './log-settings.js';

const origin = 'example.org/log';
const [old, current] = [generateSigningKey(origin), generateSigningKey(origin)];
const signedWith = (skey: string) => signCheckpoint({ origin, size: 1, root: Buffer.alloc(32) }, [parseSigningKey(skey)]);
const idOf = (skey: string) => parseSigningKey(skey).keyId;

describe('the key of the log', () => {
  let folder: TempDir;
  let settings: LogSettings;
  beforeEach(async () => {
    folder = await tempDir();
    settings = { origin, folder: path.join(folder.path, 'log'), keyFile: path.join(folder.path, 'keys/log.key'), checkpointMs: 0, keysLookMs: 0, checkPauseMs: 0, witnesses: [], witnessMs: 0 };
  });
  afterEach(() => folder.remove());

  const put = async (...keys: string[]) => {
    settings = { ...settings, keyFile: path.join(folder.path, 'given.key') };
    await writeFile(settings.keyFile, keys.join('\n'));
  };

  it('is made at the first start, for its owner’s eyes alone, and kept', async () => {
    await requireLogKey(settings, undefined);
    const made = await readFile(settings.keyFile, 'utf8');
    expect((await stat(settings.keyFile)).mode & 0o777).toBe(0o600);
    await requireLogKey(settings, signedWith(made.trim()));
    expect(await readFile(settings.keyFile, 'utf8')).toBe(made);
  });

  it('signs with its predecessor along, as long as that stands below it', async () => {
    await put(current.skey, old.skey, '');
    expect((await readLogKeys(settings)).map(({ vkey }) => vkey)).toEqual([current.vkey, old.vkey]);
    await expect(requireLogKey(settings, signedWith(old.skey))).resolves.toBeUndefined();
  });

  it('that is missing is asked for by its id', async () => {
    const message: unknown = expect.stringContaining(idOf(old.skey));
    await expect(requireLogKey(settings, signedWith(old.skey))).rejects.toMatchObject({ code: 'LOG_KEY_REFUSED', message });
  });

  it('that is another than the one that signed is refused, with both ids and no secret', async () => {
    await put(current.skey);
    const failure = await requireLogKey(settings, signedWith(old.skey)).catch((error: unknown) => String(error));
    expect(failure).toContain(idOf(old.skey));
    expect(failure).toContain(idOf(current.skey));
    // The key is everything after the fourth '+': base64 may itself hold a '+', even as its last character.
    expect(failure).not.toContain(current.skey.split('+').slice(4).join('+'));
  });

  it.each([
    ['of another origin', generateSigningKey('elsewhere.org/log').skey],
    ['that is none', 'PRIVATE+KEY+nonsense'],
    ['of nothing', ''],
  ])('%s is refused', async (_, skey) => {
    await put(skey);
    await expect(requireLogKey(settings, undefined)).rejects.toMatchObject({ code: 'LOG_KEY_REFUSED' });
  });
});
