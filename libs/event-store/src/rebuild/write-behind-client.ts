import pg, { type ClientBase, type Pool } from 'pg';
import { clientWithQuery } from '../projections/client-with-query.js';
import { preparing } from '../projections/prepared-client.js';
import { gatheringSocket } from './gathering-socket.js';

/** A connection that sends without waiting for answers; made like those of the pool. */
export function pipelinedClient(pool: Pool): pg.Client {
  const client = new pg.Client({ ...pool.options, pipeline: true, stream: gatheringSocket });
  client.on('error', () => undefined); // the statement that misses its answer fails, and tells
  return client;
}

/**
 * Runs `work` with a client on which a write does not wait for its answer: statements run in the order they were
 * sent, so a read still sees every write before it, and an error is thrown at the end at the latest. This saves a
 * rebuild the wait for one round trip per event. What a plain write would answer is not known; a statement with
 * RETURNING is waited for.
 */
export async function writingBehind(client: ClientBase, work: (sql: ClientBase) => Promise<void>): Promise<void> {
  const sent: Promise<unknown>[] = [];
  let failed: unknown;
  const sql = clientWithQuery(preparing(client), (send) => (...args) => {
    const answer = send(...args);
    if (!isPlainWrite(args[0]) || !(answer instanceof Promise)) return answer;
    sent.push(answer.catch((error: unknown) => (failed ??= error)));
    return Promise.resolve(UNANSWERED);
  });
  try {
    await work(sql);
  } finally {
    await Promise.all(sent);
  }
  if (failed !== undefined) throw failed instanceof Error ? failed : new Error('A write failed', { cause: failed });
}

function isPlainWrite(query: unknown): boolean {
  const text = query !== null && typeof query === 'object' && 'text' in query ? query.text : query;
  return typeof text === 'string' && /^\s*(insert|update|delete|set)\b/i.test(text) && !/\breturning\b/i.test(text);
}

/** Asking is a defect of the projection: live it would get an answer, replayed it would not. */
const UNANSWERED = new Proxy(
  {},
  {
    get(_, property) {
      if (property === 'then') return undefined; // awaited, it is itself
      throw new Error(`A replayed write has no ${String(property)}: use RETURNING to read what a write did`);
    },
  },
);
