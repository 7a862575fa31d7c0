import { DomainError } from './problem.js';
import type { Role } from './values.js';

/**
 * 三员分立: who runs the system, who says who may do what, and who checks both are three people. GB/T 22239 asks for it
 * from level 3 on: no account ever holds two of these.
 */
export const SEPARATED_ROLES = ['administrator', 'security-administrator', 'auditor'] as const satisfies readonly Role[];

/** Those of the separated roles that are together here although they must not be; empty when all is well. */
export function separationConflict(roles: readonly Role[]): readonly Role[] {
  const held = SEPARATED_ROLES.filter((role) => roles.includes(role));
  return held.length > 1 ? held : [];
}

/** Refuses with ROLES_NOT_SEPARATED. */
export function requireSeparatedRoles(roles: readonly Role[]): void {
  const conflict = separationConflict(roles);
  if (conflict.length === 0) return;
  throw new DomainError('ROLES_NOT_SEPARATED', `Nobody is ${conflict.join(' and ')} at once`, [
    { path: 'roles', message: `holds ${conflict.join(' and ')}, which are separated` },
  ]);
}
