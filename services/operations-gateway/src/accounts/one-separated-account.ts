import { DomainError, SEPARATED_ROLES, type Account } from '@brain/contracts';
import type { ClientBase } from 'pg';

/**
 * A member of staff with two accounts of separated roles would be two of the three, or agree with themselves to an
 * erasure. Asked after the account is written, in the same transaction; of two at once one waits for the other.
 * @throws DomainError ROLES_NOT_SEPARATED
 */
export async function requireOneSeparatedAccount(sql: ClientBase, { accountId, roles, staffId, disabled }: Account): Promise<void> {
  if (staffId === null || disabled || !SEPARATED_ROLES.some((role) => roles.includes(role))) return;
  await sql.query("SELECT pg_advisory_xact_lock(hashtextextended('separated account of ' || $1, 0))", [staffId]);
  const { rowCount } = await sql.query('SELECT FROM accounts WHERE staff_id = $1 AND account_id <> $2 AND NOT disabled AND roles && $3::text[]', [staffId, accountId, SEPARATED_ROLES]);
  if (rowCount === 0) return;
  throw new DomainError('ROLES_NOT_SEPARATED', `This member of staff has another account with one of ${SEPARATED_ROLES.join(', ')}`, [
    { path: 'staffId', message: 'has another account with a role that is separated' },
  ]);
}
