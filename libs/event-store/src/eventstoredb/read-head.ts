import { BACKWARDS, END, type ReadPosition } from '@eventstore/db-client';
import { START_POSITION } from '../event-store.port.js';
import { storedEventOf } from './event-record.js';
import type { StoreConnection } from './store-connection.js';

const LARGEST_PAGE = 500;

/** Position of the newest event of ours. The server's own statistics may lie above it. */
export async function readHead(connection: StoreConnection): Promise<string> {
  let from: ReadPosition = END;
  for (let maxCount = 1; ; maxCount = Math.min(maxCount * 20, LARGEST_PAGE)) {
    const fromPosition = from;
    const page = await connection.page((client) => client.readAll({ direction: BACKWARDS, fromPosition, maxCount, requiresLeader: true }));
    for (const record of page) {
      const event = storedEventOf(record);
      if (event !== undefined) return event.position;
    }
    const last = page.at(-1)?.position;
    if (last === undefined || page.length < maxCount) return START_POSITION;
    from = last;
  }
}
