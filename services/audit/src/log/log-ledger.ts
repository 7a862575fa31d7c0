import { Injectable } from '@nestjs/common';
import { DomainError, type StoredEvent } from '@brain/contracts';
import { newestOf, START_POSITION } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { EMPTY_ROOT } from '@brain/verifiable-log';
import type { LogHead } from './log-head.js';

interface HeadRow {
  readonly tree_size: string;
  readonly root: Buffer;
  readonly position: string;
}

/**
 * What is decided about the log, before anybody is told. A size is reserved with its root once and for all, in one
 * statement that names the size it goes on from, so nothing that is signed afterwards can disagree with it.
 */
@Injectable()
export class LogLedger {
  constructor(private readonly database: Database) {}

  async head(): Promise<LogHead> {
    const [row] = await this.database.query<HeadRow>('SELECT tree_size, root, position FROM log_head');
    if (row === undefined) return { size: 0, root: EMPTY_ROOT, position: START_POSITION };
    return { size: Number(row.tree_size), root: row.root, position: row.position };
  }

  /**
   * @param events the leaves from `from.size` to `to.size`
   * @throws DomainError LOG_HAS_ANOTHER_WRITER; nothing is reserved then
   */
  async reserve(from: LogHead, to: LogHead, events: readonly StoredEvent[]): Promise<void> {
    const newest = newestOf(events);
    const reserved = await this.database.query(
      `WITH reserved AS (
         INSERT INTO log_head AS head (tree_size, root, position, newest) VALUES ($2, $3, $4, $7)
         ON CONFLICT (one) DO UPDATE SET tree_size = $2, root = $3, position = $4, newest = coalesce($7, head.newest) WHERE head.tree_size = $1 AND head.root = $5
         RETURNING one
       ), leaves AS (
         INSERT INTO log_leaf (leaf_index, position)
         SELECT $1::bigint + place - 1, position FROM reserved, unnest($6::text[]) WITH ORDINALITY AS leaf (position, place)
       )
       SELECT FROM reserved`,
      [from.size, to.size, Buffer.from(to.root), to.position, Buffer.from(from.root), events.map(({ position }) => position), newest === null ? null : JSON.stringify(newest)],
    );
    if (reserved.length !== 1) throw new DomainError('LOG_HAS_ANOTHER_WRITER', `The log is no longer at ${from.size} entries`);
  }
}
