import { z } from 'zod';

/** A personal value as it is stored: AES-256-GCM over its JSON. `key` names the data key; binary parts are base64url. */
export const sealedValue = z.strictObject({
  alg: z.literal('A256GCM'),
  key: z.uuid(),
  iv: z.base64url(),
  ciphertext: z.base64url(),
  tag: z.base64url(),
});
export type SealedValue = z.infer<typeof sealedValue>;

export function isSealed(value: unknown): value is SealedValue {
  return typeof value === 'object' && value !== null && 'alg' in value && 'ciphertext' in value && sealedValue.safeParse(value).success;
}
