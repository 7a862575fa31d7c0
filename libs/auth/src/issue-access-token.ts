import { importJWK, SignJWT, type JWK } from 'jose';
import type { Actor } from './actor.js';
import { keyIdOf } from './key-id.js';
import { claimsOf, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER, type TokenSession } from './token-claims.js';

/** A signed access token that speaks for the actor during `ttlSeconds`, from `nowMillis` (default: now), in the name of a sign-in. */
export async function issueAccessToken(
  privateJwk: JWK,
  actor: Actor,
  ttlSeconds: number,
  nowMillis: number = Date.now(),
  session?: TokenSession,
): Promise<string> {
  const issuedAt = Math.floor(nowMillis / 1000);
  const { sub, ...claims } = claimsOf(actor);
  const kid = await keyIdOf(privateJwk);
  const belongs = session === undefined ? {} : { sid: session.id, federated: session.federated };
  return new SignJWT({ ...claims, ...belongs })
    .setProtectedHeader({ alg: TOKEN_ALGORITHM, typ: 'at+jwt', kid })
    .setSubject(sub)
    .setIssuer(TOKEN_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ttlSeconds)
    .sign(await importJWK(privateJwk, TOKEN_ALGORITHM));
}
