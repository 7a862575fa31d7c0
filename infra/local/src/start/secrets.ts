import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createSigningKeys } from '@brain/auth';
import { ROLES, SERVICES, type Role, type ServiceName } from '@brain/contracts';
import type { DataFolder } from './data-folder.js';
import { readKept, writeWhole } from './write-whole.js';

const OWNER_ONLY = 0o600;

export interface Secrets {
  readonly postgresPassword: string;
  readonly servicePasswords: Readonly<Record<ServiceName, string>>;
}

export interface Credential {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
  /** Where this account reaches when that is not where all first accounts do. */
  readonly areaCodes?: readonly string[];
}

/** Generated once, readable by this user only. */
export function loadSecrets(folder: DataFolder): Secrets {
  return readOrMake(folder.secrets, () => ({
    postgresPassword: secret(),
    servicePasswords: Object.fromEntries(SERVICES.map((service) => [service, secret()])) as Record<ServiceName, string>,
  }));
}

/** One account per role, also in a folder older than a role. `fresh` are those made just now: they are worth showing. */
export function loadCredentials(folder: Pick<DataFolder, 'credentials'>): { readonly credentials: readonly Credential[]; readonly fresh: readonly Credential[] } {
  const known = existsSync(folder.credentials) ? (readKept(folder.credentials) as readonly Credential[]) : [];
  const missing = ROLES.filter((role) => !known.some((credential) => credential.role === role));
  const fresh = missing.map((role): Credential => ({ username: role, password: secret(12), role, ...ownAreas(role) }));
  const credentials = [...known, ...fresh];
  if (fresh.length > 0) writeWhole(folder.credentials, `${JSON.stringify(credentials, null, 2)}\n`, OWNER_ONLY);
  return { credentials, fresh };
}

/** The log is one for the whole installation: who covers a part of it cannot read its entries, so nobody could check it offline. */
function ownAreas(role: Role): Pick<Credential, 'areaCodes'> {
  return role === 'auditor' ? { areaCodes: ['*'] } : {};
}

export interface KeyFiles {
  readonly signingKey: string;
  readonly jwks: string;
  /** Signs the log; made by the audit service. */
  readonly logKey: string;
}

/** The private key is for the gateway alone; every service reads the public set. */
export async function loadKeys(folder: DataFolder): Promise<KeyFiles> {
  const files = {
    signingKey: path.join(folder.keys, 'signing.jwk'),
    jwks: path.join(folder.keys, 'jwks.json'),
    logKey: path.join(folder.keys, 'log.key'),
  };
  if (!existsSync(files.signingKey) || !existsSync(files.jwks)) {
    const { privateJwk, jwks } = await createSigningKeys();
    writeWhole(files.jwks, JSON.stringify(jwks), 0o644);
    writeWhole(files.signingKey, JSON.stringify(privateJwk), OWNER_ONLY);
  }
  return files;
}

function readOrMake<T>(file: string, make: () => T): T {
  if (existsSync(file)) return readKept(file) as T;
  const made = make();
  writeWhole(file, `${JSON.stringify(made, null, 2)}\n`, OWNER_ONLY);
  return made;
}

function secret(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}
