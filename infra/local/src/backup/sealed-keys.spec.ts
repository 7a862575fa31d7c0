import { describe, expect, it } from '@jest/globals';
import { openKeys, sealKeys } from './sealed-keys.js';

const files = [
  { path: 'keys/master-keys', mode: 0o600, bytes: Buffer.from('mk-1 secret') },
  { path: 'secrets.json', mode: 0o600, bytes: Buffer.from([0, 255, 10]) },
];
const passphrase = 'correct horse battery';

describe('sealed keys', () => {
  it('open with their passphrase, byte for byte, and hold nothing in plain text', async () => {
    const sealed = await sealKeys(files, passphrase);
    expect(await openKeys(sealed, passphrase)).toEqual(files);
    expect(sealed).not.toMatch(/master-keys|secret|bWstMSBzZWNyZXQ/);
  });

  it('are different each time', async () => {
    expect(await sealKeys(files, passphrase)).not.toBe(await sealKeys(files, passphrase));
  });

  it('open however the letters of the passphrase are composed', async () => {
    expect(await openKeys(await sealKeys(files, 'caf\u00e9 am Markt'), 'cafe\u0301 am Markt')).toEqual(files);
  });

  it('do not open with another passphrase, nor when data, tag or header were changed', async () => {
    const sealed = await sealKeys(files, passphrase);
    const changed = (change: object) => JSON.stringify({ ...(JSON.parse(sealed) as object), ...change });
    const { kdf, data } = JSON.parse(sealed) as { kdf: object; data: string };
    const flipped = Buffer.from(data, 'base64').map((byte, index) => (index === 3 ? byte ^ 1 : byte));
    const tries: [string, string][] = [
      [sealed, 'correct horse batterx'],
      [changed({ data: Buffer.from(flipped).toString('base64') }), passphrase],
      [changed({ tag: Buffer.alloc(16).toString('base64') }), passphrase],
      [changed({ tag: '' }), passphrase],
      [changed({ kdf: { ...kdf, N: 2 ** 16 } }), passphrase],
    ];
    for (const [text, given] of tries) await expect(openKeys(text, given)).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
  });

  it('are told from any other file, and from one that would take all memory to open', async () => {
    const sealed = JSON.parse(await sealKeys(files, passphrase)) as { kdf: object };
    for (const text of ['', '{}', JSON.stringify({ ...sealed, kdf: { ...sealed.kdf, N: 2 ** 30 } })]) {
      await expect(openKeys(text, passphrase)).rejects.toMatchObject({ code: 'KEYS_NOT_SEALED' });
    }
  });
});
