import { ROLES, separationConflict, type Account, type AccountRights, type Role } from '@brain/contracts';

export interface AccountForm extends AccountRights {
  readonly username: string;
}

export const NEW_ACCOUNT: AccountForm = { username: '', name: '', roles: [], areaCodes: [], staffId: null };

/** Roles that cannot be added to these: they are separated from one that is there. */
export function separatedFrom(chosen: readonly Role[]): readonly Role[] {
  return ROLES.filter((role) => !chosen.includes(role) && separationConflict([...chosen, role]).length > 0);
}

/** What is asked for by name, user name, role, or area. */
export function matches({ username, name, roles, areaCodes }: Account, words: string, roleName: (role: Role) => string): boolean {
  const text = [username, name, ...roles.map(roleName), ...areaCodes].join(' ').toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

const COMPARED = ['name', 'roles', 'areaCodes', 'staffId', 'disabled', 'oneTime'] as const;
export type ComparedField = (typeof COMPARED)[number];

export interface AccountChange {
  readonly field: ComparedField;
  readonly before: Account[ComparedField];
  readonly now: Account[ComparedField];
}

/** What somebody else changed since. */
export function changesSince(before: Account, now: Account): readonly AccountChange[] {
  return COMPARED.filter((field) => !isSame(before[field], now[field])).map((field) => ({ field, before: before[field], now: now[field] }));
}

function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item) => other.includes(item));
}
