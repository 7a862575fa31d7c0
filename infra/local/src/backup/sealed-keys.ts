import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { BackupError } from './backup-error.js';

/** scrypt with 128 MB of memory: a guess costs somebody who took the file as much as it costs us. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
const MAX_MEMORY = 512 * 1024 ** 2;
const KEY_BYTES = 32;

/** A file of the data folder, by its path in it. */
export interface KeyFile {
  readonly path: string;
  readonly mode: number;
  readonly bytes: Buffer;
}

const header = z.object({
  format: z.literal('community-brain-keys'),
  version: z.literal(1),
  kdf: z.object({ name: z.literal('scrypt'), N: z.number().int().max(2 ** 20), r: z.number().int().max(32), p: z.number().int().max(16), salt: z.base64() }),
  cipher: z.literal('aes-256-gcm'),
  iv: z.base64(),
});
const envelope = header.extend({ tag: z.base64(), data: z.base64() });
type Header = z.infer<typeof header>;

const contents = z.array(z.object({ path: z.string(), mode: z.number().int(), bytes: z.base64() }));

/** Readable with the passphrase alone; a changed byte, of the header too, makes it unreadable. */
export async function sealKeys(files: readonly KeyFile[], passphrase: string): Promise<string> {
  const about: Header = {
    format: 'community-brain-keys',
    version: 1,
    kdf: { name: 'scrypt', ...COST, salt: randomBytes(16).toString('base64') },
    cipher: 'aes-256-gcm',
    iv: randomBytes(12).toString('base64'),
  };
  const cipher = createCipheriv(about.cipher, await keyFrom(passphrase, about), Buffer.from(about.iv, 'base64'));
  cipher.setAAD(Buffer.from(JSON.stringify(about)));
  const plain = JSON.stringify(files.map(({ path, mode, bytes }) => ({ path, mode, bytes: bytes.toString('base64') })));
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `${JSON.stringify({ ...about, tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') }, null, 2)}\n`;
}

/** @throws BackupError KEYS_NOT_SEALED, PASSPHRASE_WRONG */
export async function openKeys(text: string, passphrase: string): Promise<readonly KeyFile[]> {
  const { tag, data, ...about } = envelopeIn(text);
  const decipher = createDecipheriv(about.cipher, await keyFrom(passphrase, about), Buffer.from(about.iv, 'base64'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(JSON.stringify(about)));
  try {
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    const plain = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
    return contents.parse(JSON.parse(plain)).map(({ path, mode, bytes }) => ({ path, mode, bytes: Buffer.from(bytes, 'base64') }));
  } catch {
    throw new BackupError('PASSPHRASE_WRONG', 'The keys do not open: the passphrase is wrong, or the file was changed');
  }
}

function envelopeIn(text: string): z.infer<typeof envelope> {
  try {
    return envelope.parse(JSON.parse(text));
  } catch {
    throw new BackupError('KEYS_NOT_SEALED', 'This is not a file of sealed keys');
  }
}

function keyFrom(passphrase: string, { kdf: { salt, N, r, p } }: Header): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters may be written in two ways; which one is the keyboard's business.
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), KEY_BYTES, { N, r, p, maxmem: MAX_MEMORY }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
