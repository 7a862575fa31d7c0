import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';
import { TOKEN_ALGORITHM } from './token-claims.js';

/** A new key pair: the private half for the gateway alone, the public half as the key set every service reads. */
export async function createSigningKeys(): Promise<{ readonly privateJwk: JWK; readonly jwks: JSONWebKeySet }> {
  const { privateKey, publicKey } = await generateKeyPair(TOKEN_ALGORITHM, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const described = { kid, alg: TOKEN_ALGORITHM, use: 'sig' };
  return {
    privateJwk: { ...(await exportJWK(privateKey)), ...described },
    jwks: { keys: [{ ...publicJwk, ...described }] },
  };
}
