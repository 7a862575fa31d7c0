import { expect } from '@jest/globals';
import { START_POSITION, type EventStore } from '@brain/event-store';
import { createLogger, loadEngines, openEventStore } from '@brain/service-kit';
import { eventually } from '@brain/testing';
import pg from 'pg';

interface Stored {
  readonly eventId: string;
  readonly streamId: string;
  readonly revision: number;
}

/** The store, whichever engine keeps it, and the audit's copy of it, read past the product. */
export class EventRecord {
  constructor(private readonly url: string) {}

  /** One entry an event of that type. */
  async streamsOf(type: string): Promise<string[]> {
    return (await this.stored([type])).map(({ streamId }) => streamId);
  }

  /** G2 and G3: a tail that followed through every fault has each event once; no stream has a hole. */
  async expectComplete(): Promise<string> {
    let stored: readonly Stored[] = [];
    await eventually(
      async () => {
        stored = await this.stored();
        const seen = new Set(await this.seen());
        expect(stored.filter(({ eventId }) => !seen.has(eventId))).toEqual([]);
      },
      { timeoutMs: 60_000, everyMs: 1_000 },
    );
    const seen = await this.seen();
    expect([seen.length, new Set(seen).size]).toEqual([stored.length, stored.length]);
    expect(streamsWithHoles(stored)).toEqual([]);
    return `${String(stored.length)} events, each seen once, no stream with a hole`;
  }

  private async stored(types?: readonly string[]): Promise<readonly Stored[]> {
    const store = await this.open();
    try {
      const events: Stored[] = [];
      for await (const { eventId, streamId, revision } of store.readAll({ after: START_POSITION, ...(types && { types }) })) {
        events.push({ eventId, streamId, revision });
      }
      return events;
    } finally {
      await store.close();
    }
  }

  /** As the product is told which engine it is. */
  private open(): Promise<EventStore> {
    const { eventStore } = loadEngines(process.env);
    return openEventStore({ eventStore, databaseUrl: this.url }, 'faults', createLogger('faults', 'silent'));
  }

  private async seen(): Promise<readonly string[]> {
    const client = new pg.Client(this.url);
    await client.connect();
    try {
      return (await client.query<{ event_id: string }>('SELECT event_id FROM audit.audit_event')).rows.map((row) => row.event_id);
    } finally {
      await client.end();
    }
  }
}

function streamsWithHoles(events: readonly Stored[]): readonly string[] {
  const next = new Map<string, number>();
  const broken = new Set<string>();
  for (const { streamId, revision } of events) {
    if (revision !== (next.get(streamId) ?? 0)) broken.add(streamId);
    next.set(streamId, revision + 1);
  }
  return [...broken];
}
