import type { ClientBase } from 'pg';

/**
 * One transaction in which unqualified names mean this schema's tables. The schema is set for the transaction only,
 * so a pooled connection never carries it to its next user.
 */
export async function inSchema<T>(
  client: ClientBase,
  schema: string,
  work: () => Promise<T>,
  isolation: 'READ COMMITTED' | 'REPEATABLE READ READ ONLY' = 'READ COMMITTED',
): Promise<T> {
  await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
  try {
    await client.query("SELECT set_config('search_path', quote_ident($1) || ', public', true)", [schema]);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the first error is the one to tell
    throw error;
  }
}
