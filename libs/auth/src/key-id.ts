import { calculateJwkThumbprint, type JWK } from 'jose';

/** What a key is called in the tokens it signs: its own name, or its thumbprint. */
export async function keyIdOf(jwk: JWK): Promise<string> {
  return jwk.kid ?? (await calculateJwkThumbprint(jwk));
}
