import { areaCode, DomainError, requireSeparatedRoles, role, type Role } from '@brain/contracts';
import { claimAt, listAt, type Claims } from './claim-at.js';

/** Which claims say what a person may do. */
export interface ClaimNames {
  readonly roles: string;
  readonly areas: string;
  readonly staffId: string;
}

/** Who signed in, as the organisation's identity provider describes them. */
export interface Person {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly areaCodes: readonly string[];
  /** Null: the provider does not say. */
  readonly staffId: string | null;
}

/** Covers every area, as a claim says it. */
const EVERYWHERE = '*';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * What we do not know (roles of other programs, codes that are none) does not count.
 * @throws DomainError OIDC_ROLE_MISSING, ROLES_NOT_SEPARATED, OIDC_AREA_MISSING
 */
export function personOf(claims: Claims, names: ClaimNames): Person {
  const roles = (listAt(claims, names.roles) ?? []).flatMap((name) => role.safeParse(name).data ?? []);
  if (roles.length === 0) throw new DomainError('OIDC_ROLE_MISSING', `No role of this product is in the claim ${names.roles}`);
  requireSeparatedRoles(roles);
  const areaCodes = (listAt(claims, names.areas) ?? []).filter((code) => code === EVERYWHERE || areaCode.safeParse(code).success);
  if (areaCodes.length === 0) throw new DomainError('OIDC_AREA_MISSING', `No area is in the claim ${names.areas}`);
  const username = textAt(claims, 'preferred_username') ?? textAt(claims, 'email') ?? textAt(claims, 'sub') ?? '';
  const staffId = textAt(claims, names.staffId);
  return {
    username,
    name: textAt(claims, 'name') ?? username,
    roles: [...new Set(roles)],
    areaCodes: [...new Set(areaCodes)],
    staffId: staffId !== undefined && UUID.test(staffId) ? staffId.toLowerCase() : null,
  };
}

function textAt(claims: Claims, path: string): string | undefined {
  const found = claimAt(claims, path);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}
