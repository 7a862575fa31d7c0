import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dataFolder } from './data-folder.js';
import { localCertificate } from './local-certificate.js';

describe('the certificate of a local start', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'brain-tls-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const make = async (now?: Date) => {
    const files = await localCertificate(dataFolder(root), now);
    return { files, certificate: new X509Certificate(readFileSync(files.cert)) };
  };

  it('is good for this computer, and its key is for this user alone', async () => {
    const { files, certificate } = await make();
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.now());
    expect(statSync(files.key).mode & 0o777).toBe(0o600);
  });

  it('stays the same from start to start', async () => {
    const first = await make();
    expect((await make()).certificate.fingerprint256).toBe(first.certificate.fingerprint256);
  });

  it('is made anew before it expires', async () => {
    const first = await make();
    const nearTheEnd = new Date(new Date(first.certificate.validTo).getTime() - 86_400_000);
    expect((await make(nearTheEnd)).certificate.fingerprint256).not.toBe(first.certificate.fingerprint256);
  });
});
