import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';

const DAY_MS = 86_400_000;

export interface Pems {
  readonly cert: string;
  readonly key: string;
}

/** An authority for one test; certificates for loopback and for devices. */
export class TestAuthority {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'brain-tls-'));
  private constructor(private readonly root: Pems) {}

  static async make(): Promise<TestAuthority> {
    const made = await generate([{ name: 'commonName', value: 'Test authority' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, critical: true },
      ],
    });
    return new TestAuthority({ cert: made.cert, key: made.private });
  }

  get ca(): string {
    return this.root.cert;
  }

  /** Valid from yesterday on; with a negative number it has expired. */
  async sign(commonName: string, days = 1): Promise<Pems> {
    const now = Date.now();
    const made = await generate([{ name: 'commonName', value: commonName }], {
      keyType: 'ec',
      algorithm: 'sha256',
      ca: { cert: this.root.cert, key: this.root.key },
      notBeforeDate: new Date(now - 10 * DAY_MS),
      notAfterDate: new Date(now + days * DAY_MS),
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] },
      ],
    });
    return { cert: made.cert, key: made.private };
  }

  write(name: string, text: string): string {
    const file = path.join(this.dir, name);
    writeFileSync(file, text);
    return file;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
