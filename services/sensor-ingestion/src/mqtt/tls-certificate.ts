import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { DomainError } from '@brain/contracts';

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
  readonly clientCa: string | undefined;
}

export interface LoadedCertificate {
  readonly context: Pick<SecureContextOptions, 'cert' | 'key' | 'ca'>;
  readonly validTo: Date;
}

/** @throws DomainError TLS_CERTIFICATE_REFUSED with the remedy when it must not, or cannot, be used */
export function loadCertificate(files: CertificateFiles, now: Date): LoadedCertificate {
  const cert = read(files.cert, 'INGESTION_TLS_CERT_FILE');
  const key = read(files.key, 'INGESTION_TLS_KEY_FILE');
  const ca = files.clientCa === undefined ? undefined : read(files.clientCa, 'INGESTION_TLS_CLIENT_CA_FILE');
  const { validFrom, validTo } = dates(cert, files.cert);
  if (validTo <= now) throw refused(`the certificate ${files.cert} has expired on ${validTo.toISOString()}; put a renewed one in its place`);
  if (validFrom > now) throw refused(`the certificate ${files.cert} is valid only from ${validFrom.toISOString()}; check the clock, or use another`);
  if (ca !== undefined) requireAuthority(ca, files.clientCa ?? '', now);
  const context = { cert, key, ...(ca === undefined ? {} : { ca }) };
  requirePair(context, files);
  return { context, validTo };
}

/** Changes when a file does; renewals usually replace all of them. */
export function fingerprintOf(files: CertificateFiles): string {
  const all = [files.cert, files.key, ...(files.clientCa === undefined ? [] : [files.clientCa])];
  return all.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0).join('/');
}

function read(file: string, variable: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refused(`${file} cannot be read (${code ?? String(error)}); check ${variable}`);
  }
}

function dates(pem: Buffer, file: string): { validFrom: Date; validTo: Date } {
  try {
    const { validFrom, validTo } = new X509Certificate(pem);
    return { validFrom: new Date(validFrom), validTo: new Date(validTo) };
  } catch {
    throw refused(`${file} is not a certificate in PEM; check INGESTION_TLS_CERT_FILE`);
  }
}

function requireAuthority(pem: Buffer, file: string, now: Date): void {
  const { validTo } = dates(pem, file);
  if (validTo <= now) throw refused(`the authority ${file} has expired on ${validTo.toISOString()}; put a renewed one in its place`);
}

function requirePair(context: SecureContextOptions, { cert, key }: CertificateFiles): void {
  try {
    createSecureContext(context);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refused(`${cert} and ${key} do not go together (${why}); give the key that the certificate was made for`);
  }
}

function refused(line: string): DomainError {
  return new DomainError('TLS_CERTIFICATE_REFUSED', line);
}
