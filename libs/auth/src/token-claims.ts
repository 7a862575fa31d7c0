import { z } from 'zod';
import { role } from '@brain/contracts';
import type { Actor } from './actor.js';

export const TOKEN_ISSUER = 'community-brain';
export const TOKEN_AUDIENCE = 'community-brain-api';
/** The only algorithm: a token that names another one is refused, `none` included. */
export const TOKEN_ALGORITHM = 'EdDSA';

/** What an access token says beside the registered claims. */
export const tokenClaims = z.object({
  sub: z.string().min(1),
  username: z.string().min(1),
  name: z.string(),
  roles: z.array(role),
  areas: z.array(z.string()),
  staffId: z.string().nullable(),
});
export type TokenClaims = z.infer<typeof tokenClaims>;

export function actorOf(claims: TokenClaims): Actor {
  const { sub, username, name, roles, areas, staffId } = claims;
  return { id: sub, username, name, roles, areaCodes: areas, staffId };
}

export function claimsOf({ id, username, name, roles, areaCodes, staffId }: Actor): TokenClaims {
  return { sub: id, username, name, roles: [...roles], areas: [...areaCodes], staffId };
}
