import { randomInt } from 'node:crypto';

/** Without what looks alike on a printed slip. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';
const [GROUPS, GROUP] = [4, 5];

/** About 115 bits, in groups that can be read out. */
export function oneTimePassword(): string {
  const group = () => Array.from({ length: GROUP }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
