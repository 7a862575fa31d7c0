import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, type JWK } from 'jose';

const KEY_BYTES = 32;

/**
 * Encrypts what this door must keep where others might read it. The key comes from the signing key, one per purpose:
 * nothing more to distribute, and a new signing key ends what was sealed before.
 */
export class Seal {
  private readonly key: Uint8Array;

  constructor({ d = '' }: JWK, purpose: string) {
    this.key = new Uint8Array(hkdfSync('sha256', Buffer.from(d, 'base64url'), 'community-brain', purpose, KEY_BYTES));
  }

  close(content: unknown): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.key);
  }

  /** Undefined: not sealed here, or changed since. */
  async open(sealed: string): Promise<unknown> {
    try {
      const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
      const { plaintext } = await compactDecrypt(sealed, this.key, options);
      return JSON.parse(new TextDecoder().decode(plaintext));
    } catch {
      return undefined;
    }
  }
}
