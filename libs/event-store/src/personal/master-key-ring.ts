import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DomainError } from '@brain/contracts';
import { decrypt, encrypt, IV_BYTES, KEY_BYTES } from './cipher.js';
import { MASTER_KEY_REFUSED, type MasterKeys } from './master-keys.port.js';

const LINE = /^([a-z0-9-]{1,64})[ :]([A-Za-z0-9_-]{43})$/;
const TAG_BYTES = 16;

/** Master keys as text, one `name key` a line, the newest first; a key is 32 bytes as base64url. */
export class MasterKeyRing implements MasterKeys {
  private keys: ReadonlyMap<string, Buffer>;

  private constructor(private readonly read: () => string) {
    this.keys = parse(read());
  }

  /** @throws DomainError MASTER_KEY_REFUSED */
  static fromText(text: string): MasterKeyRing {
    return new MasterKeyRing(() => text);
  }

  /** Looks into the file again for a key it does not know: a rotation adds one while services run. */
  static fromFile(file: string): MasterKeyRing {
    return new MasterKeyRing(() => {
      try {
        return readFileSync(file, 'utf8');
      } catch (error) {
        throw new DomainError(MASTER_KEY_REFUSED, `the master keys cannot be read (${reasonOf(error)}): check BRAIN_MASTER_KEY_FILE`);
      }
    });
  }

  get newest(): string {
    const [first = ''] = this.keys.keys();
    return first;
  }

  async wrap(masterKeyId: string, key: Buffer, context: string): Promise<Buffer> {
    const { iv, ciphertext, tag } = encrypt(await this.keyOf(masterKeyId), key, Buffer.from(context));
    return Buffer.concat([iv, tag, ciphertext]);
  }

  async unwrap(masterKeyId: string, wrapped: Buffer, context: string): Promise<Buffer> {
    const key = await this.keyOf(masterKeyId);
    const [iv, tag] = [wrapped.subarray(0, IV_BYTES), wrapped.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
    try {
      return decrypt(key, { iv, tag, ciphertext: wrapped.subarray(IV_BYTES + TAG_BYTES) }, Buffer.from(context));
    } catch {
      throw new DomainError(MASTER_KEY_REFUSED, `the master key given as ${masterKeyId} is not the one that was used: give the right one`);
    }
  }

  private async keyOf(masterKeyId: string): Promise<Buffer> {
    await Promise.resolve();
    if (!this.keys.has(masterKeyId)) this.keys = parse(this.read());
    const key = this.keys.get(masterKeyId);
    if (key !== undefined) return key;
    throw new DomainError(
      MASTER_KEY_REFUSED,
      `master key ${masterKeyId} is needed to read personal data and was not given, only ${[...this.keys.keys()].join(', ')}: give it in BRAIN_MASTER_KEY_FILE`,
    );
  }
}

/** A line for a new key of that name. */
export function newMasterKey(masterKeyId: string): string {
  return `${masterKeyId} ${randomBytes(KEY_BYTES).toString('base64url')}\n`;
}

/** Never repeats what it could not read: it may be a key. */
function parse(text: string): ReadonlyMap<string, Buffer> {
  const lines = text.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const keys = lines.map((line, index) => {
    const [, name, key] = LINE.exec(line) ?? [];
    if (name === undefined || key === undefined) throw new DomainError(MASTER_KEY_REFUSED, `line ${String(index + 1)} of the master keys is not a name and 32 bytes as base64url`);
    return [name, Buffer.from(key, 'base64url')] as const;
  });
  if (keys.length === 0) throw new DomainError(MASTER_KEY_REFUSED, 'there is no master key in BRAIN_MASTER_KEY or BRAIN_MASTER_KEY_FILE');
  return new Map(keys);
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
