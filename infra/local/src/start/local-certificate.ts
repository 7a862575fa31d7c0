import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';
import type { DataFolder } from './data-folder.js';
import { writeWhole } from './write-whole.js';

const DAY_MS = 86_400_000;
const VALID_DAYS = 825;
const RENEW_DAYS_BEFORE = 30;

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/** A self-signed certificate of this computer, made at the first start and again before it expires; devices trust it by its file. */
export async function localCertificate(folder: DataFolder, now = new Date()): Promise<CertificateFiles> {
  const files = { cert: path.join(folder.tls, 'mqtt.crt'), key: path.join(folder.tls, 'mqtt.key') };
  if (isGood(files, now)) return files;
  mkdirSync(folder.tls, { recursive: true, mode: 0o700 });
  const made = await generate([{ name: 'commonName', value: hostname() }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - DAY_MS),
    notAfterDate: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: namesOfThisComputer() },
    ],
  });
  writeWhole(files.key, made.private, 0o600);
  writeWhole(files.cert, made.cert, 0o644);
  return files;
}

function isGood({ cert, key }: CertificateFiles, now: Date): boolean {
  if (!existsSync(cert) || !existsSync(key)) return false;
  const validTo = new Date(new X509Certificate(readFileSync(cert)).validTo);
  return validTo.getTime() - now.getTime() > RENEW_DAYS_BEFORE * DAY_MS;
}

function namesOfThisComputer() {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const ips = new Set(['127.0.0.1', '::1', ...addresses.filter(({ family }) => family === 'IPv4').map(({ address }) => address)]);
  const names = new Set(['localhost', hostname()]);
  return [...[...names].map((value) => ({ type: 2 as const, value })), ...[...ips].map((ip) => ({ type: 7 as const, ip }))];
}
