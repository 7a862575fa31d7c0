import { Injectable } from '@nestjs/common';
import type { StoredEvent } from '@brain/contracts';
import { Database } from '@brain/service-kit';

const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 5_000;
const REVISIONS = {
  case_list: 'SELECT case_id AS id, revision FROM case_list WHERE case_id = ANY ($1)',
  staff: 'SELECT staff_id AS id, revision FROM staff WHERE staff_id = ANY ($1)',
} as const;

/** The read tables follow the events that also reach our handlers; a handler that reads them waits for its events. */
@Injectable()
export class CaughtUp {
  constructor(private readonly database: Database) {}

  /** Resolves when the table shows these events; rejects after a while, so that the message comes again. */
  async with(table: keyof typeof REVISIONS, events: readonly StoredEvent[]): Promise<void> {
    const wanted = new Map(events.map(({ streamId, revision }) => [streamId.slice(streamId.indexOf('-') + 1), revision]));
    if (wanted.size === 0) return;
    for (let waited = 0; waited <= PATIENCE_MS; waited += LOOK_EVERY_MS) {
      const rows = await this.database.query<{ id: string; revision: number }>(REVISIONS[table], [[...wanted.keys()]]);
      const shown = new Map(rows.map(({ id, revision }) => [id, revision]));
      if ([...wanted].every(([id, revision]) => (shown.get(id) ?? -1) >= revision)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    throw new Error(`${table} has not caught up with ${String(events.length)} events yet`);
  }
}
