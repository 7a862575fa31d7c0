/** A personal value as it is stored: AES-256-GCM over its JSON. `key` names the data key, a UUID; binary parts are base64url. */
export interface SealedValue {
  readonly alg: 'A256GCM';
  readonly key: string;
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

const FIELDS = 5;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const BASE64URL = /^[\w-]+$/;

/** Exactly such an object. By hand: every personal value that is read is asked, and a schema would cost more than to decrypt it. */
export function isSealed(value: unknown): value is SealedValue {
  if (typeof value !== 'object' || value === null) return false;
  const { alg, key, iv, ciphertext, tag } = value as Partial<Record<keyof SealedValue, unknown>>;
  return alg === 'A256GCM' && matches(key, UUID) && [iv, ciphertext, tag].every((part) => matches(part, BASE64URL)) && Object.keys(value).length === FIELDS;
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}
