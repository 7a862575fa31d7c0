import type { Role } from '@brain/contracts';

/** Who is signed in, as `/api/auth/me` and the sign-in answer tell it. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly areaCodes: readonly string[];
  readonly staffId: string | null;
}

/** The gateway answers the user itself or wrapped as `{ user }`. */
export function readUser(answer: unknown): User {
  const body = answer as { user?: User } & User;
  return body.user ?? body;
}

export function hasRole(user: User, ...roles: readonly Role[]): boolean {
  return roles.some((role) => user.roles.includes(role));
}
