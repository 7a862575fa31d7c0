import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { tempDir } from '@brain/testing';

export interface TestCertificate {
  readonly key: Buffer;
  readonly certificate: Buffer;
  /** The same as a file, for who shall trust it. */
  readonly file: string;
  readonly remove: () => Promise<void>;
}

const DAY_MS = 86_400_000;

/** A certificate of 127.0.0.1 and localhost that signs itself, good until so many days from now. */
export async function certificateFor(days: number): Promise<TestCertificate> {
  const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 30 * DAY_MS),
    notAfterDate: new Date(Date.now() + days * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }, { type: 2, value: 'localhost' }] },
    ],
  });
  const folder = await tempDir();
  const file = join(folder.path, 'certificate.pem');
  await writeFile(file, made.cert);
  return { key: Buffer.from(made.private), certificate: Buffer.from(made.cert), file, remove: () => folder.remove() };
}
