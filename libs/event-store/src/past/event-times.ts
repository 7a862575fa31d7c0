import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';

/** From here on, what is written in this transaction was recorded, and occurred, when the event was. */
export async function writeAsOf(sql: Pick<ClientBase, 'query'>, { recordedAt, metadata }: Pick<StoredEvent, 'recordedAt' | 'metadata'>): Promise<void> {
  await sql.query(`SET LOCAL brain.event TO '${instant(recordedAt)} ${instant(metadata.time)}'`);
}

/** SET takes no parameters. */
function instant(text: string): string {
  if (/^[\d:.TZ+-]+$/.test(text)) return text;
  throw new Error(`${text} is not an instant`);
}
