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
  sid: z.string().optional(),
  federated: z.boolean().optional(),
});
export type TokenClaims = z.infer<typeof tokenClaims>;

/** The sign-in a token belongs to: it outlives the token, which is renewed in its name. */
export interface TokenSession {
  readonly id: string;
  /** Given by the organisation's identity provider, which may end it. */
  readonly federated: boolean;
}

export function sessionOf({ sid, federated }: TokenClaims): TokenSession | undefined {
  return sid === undefined ? undefined : { id: sid, federated: federated === true };
}

export function actorOf(claims: TokenClaims): Actor {
  const { sub, username, name, roles, areas, staffId } = claims;
  return { id: sub, username, name, roles, areaCodes: areas, staffId };
}

export function claimsOf({ id, username, name, roles, areaCodes, staffId }: Actor): TokenClaims {
  return { sub: id, username, name, roles: [...roles], areas: [...areaCodes], staffId };
}
