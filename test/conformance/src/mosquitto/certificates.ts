import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';

export interface PemFiles {
  readonly cert: string;
  readonly key: string;
}

/** An authority for one test, its server certificate for loopback, and certificates of devices. */
export interface TestAuthority {
  readonly ca: string;
  readonly server: PemFiles;
  client(commonName: string): Promise<{ readonly cert: string; readonly key: string }>;
  remove(): void;
}

export async function testAuthority(): Promise<TestAuthority> {
  const dir = mkdtempSync(path.join(tmpdir(), 'brain-tls-'));
  const root = await generate([{ name: 'commonName', value: 'Test authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const signed = (commonName: string, use: 'serverAuth' | 'clientAuth') =>
    generate([{ name: 'commonName', value: commonName }], {
      keyType: 'ec',
      algorithm: 'sha256',
      ca: { cert: root.cert, key: root.private },
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', [use]: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] },
      ],
    });
  const server = await signed('localhost', 'serverAuth');
  const files = { ca: path.join(dir, 'ca.crt'), cert: path.join(dir, 'server.crt'), key: path.join(dir, 'server.key') };
  writeFileSync(files.ca, root.cert);
  writeFileSync(files.cert, server.cert);
  writeFileSync(files.key, server.private, { mode: 0o600 });
  return {
    ca: files.ca,
    server: files,
    client: async (commonName) => {
      const made = await signed(commonName, 'clientAuth');
      return { cert: made.cert, key: made.private };
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
