import type { ClientBase } from 'pg';

export interface InSchemaOptions {
  /** False: the commit does not wait for the disk. For what is done again when a crash of the server undoes it. */
  readonly isDurable?: boolean;
}

/**
 * One transaction in which unqualified names mean this schema's tables. The schema is set for the transaction only,
 * so a pooled connection never carries it to its next user.
 */
export async function inSchema<T>(
  client: ClientBase,
  schema: string,
  work: () => Promise<T>,
  { isDurable = true }: InSchemaOptions = {},
): Promise<T> {
  // In one round trip: projections begin many transactions.
  await client.query(
    `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL search_path TO ${client.escapeIdentifier(schema)}, public;
     ${isDurable ? '' : 'SET LOCAL synchronous_commit TO off'}`,
  );
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the first error is the one to tell
    throw error;
  }
}
