import pg from 'pg';

/** Server going down or coming up, or out of connections. */
const PASSING_CLASSES = ['08', '53', '57'];

/** Worth trying again with a new connection. What the server refuses for good (no table, no right) is not. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return PASSING_CLASSES.includes(error.code?.slice(0, 2) ?? '');
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return /^E[A-Z]+$/.test(error.code);
  return /connection/i.test(error.message); // the driver's own: terminated, not queryable
}
