import { hash, verify } from '@node-rs/argon2';
import { normalisedPassword } from './domain/password-text.js';

/** argon2id (the library's default algorithm) with OWASP's parameters: 19 MiB, two passes, one lane. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let nobody: Promise<string> | undefined;

/** `as typed`: it matches a hash from before passwords were normalised, which should be replaced. */
export type PasswordMatch = 'no' | 'yes' | 'as typed';

export function hashPassword(password: string): Promise<string> {
  return hash(normalisedPassword(password), ARGON2ID);
}

/** With no hash (unknown user) it takes as long as with one, so the answer's time does not tell who exists. */
export async function matchPassword(stored: string | undefined, password: string): Promise<PasswordMatch> {
  nobody ??= hashPassword('no password is this one');
  const normalised = normalisedPassword(password);
  const against = stored ?? (await nobody);
  const matches = await verify(against, normalised);
  const matchesAsTyped = normalised !== password && (await verify(against, password));
  if (stored === undefined) return 'no';
  if (matches) return 'yes';
  return matchesAsTyped ? 'as typed' : 'no';
}
