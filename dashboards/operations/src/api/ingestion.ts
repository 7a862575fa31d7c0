import type { RefusedMessage } from '@brain/contracts';
import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

/** As listed: the time in ISO 8601. */
export interface RefusedView extends Omit<RefusedMessage, 'receivedAt'> {
  readonly receivedAt: string;
}

export interface IngestCount {
  readonly deviceId: string | null;
  readonly minute: number;
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly refused: number;
}

export interface DeadLetter {
  readonly id: string;
  readonly group: string;
  readonly record: { readonly topic: string; readonly key: string; readonly offset: number };
  readonly error: string;
  readonly failedAt: string;
  readonly replayedAt: string | null;
}

type Query = Readonly<Record<string, QueryValue>>;

export async function listRefused(query: Query): Promise<Page<RefusedView>> {
  return (await request('/api/refused-messages', { query })) as Page<RefusedView>;
}

export async function listCounts(query: Query): Promise<Page<IngestCount>> {
  return (await request('/api/ingestion/counts', { query })) as Page<IngestCount>;
}

export async function listDeadLetters(query: Query): Promise<Page<DeadLetter>> {
  return (await request('/api/dead-letters', { query })) as Page<DeadLetter>;
}

export async function replayDeadLetter(id: string): Promise<void> {
  await request(`/api/dead-letters/${id}/replay`, { method: 'POST', body: {} });
}
