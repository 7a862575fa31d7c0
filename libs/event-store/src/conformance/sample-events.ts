import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '@brain/contracts';
import type { EventStore, ExpectedRevision, NewEvent, TailBatch } from '../event-store.port.js';

export const NOTED = 'sample.noted.v1';
export const STRUCK = 'sample.struck.v1';

/** Its type begins with its source, as every event's does. */
export function noted(n = 0, changes: Partial<NewEvent> & { readonly source?: string } = {}): NewEvent {
  const { source = 'sample', ...rest } = changes;
  const metadata = {
    source,
    time: '2026-03-01T08:00:00.000Z',
    correlationId: 'correlation',
    causationId: 'causation',
    actor: { type: 'user', id: 'ana' },
  } as const;
  return { eventId: randomUUID(), type: `${source}.noted.v1`, data: { n }, metadata, ...rest };
}

export function newStream(): string {
  return `sample-${randomUUID()}`;
}

export function appendTo(store: EventStore, streamId: string, expectedRevision: ExpectedRevision, ...events: NewEvent[]) {
  return store.append([{ streamId, expectedRevision, events }]);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Collects a tail until `isDone`, then aborts it. */
export async function follow(
  store: EventStore,
  options: { readonly after: string; readonly types?: readonly string[]; readonly source?: string; readonly batchSize?: number },
  isDone: (events: readonly StoredEvent[], batch: TailBatch) => boolean,
): Promise<StoredEvent[]> {
  const abort = new AbortController();
  const events: StoredEvent[] = [];
  for await (const batch of store.tail({ ...options, signal: abort.signal })) {
    events.push(...batch.events);
    if (isDone(events, batch)) abort.abort();
  }
  return events;
}
