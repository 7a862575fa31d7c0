import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { casePersonalDataReadV1 } from '@brain/contracts';
import { createEventCodec, PostgresEventStore, type NewEvent } from '@brain/event-store';
import { databaseUrl } from './product-database.js';

const TICK_MS = 10;
const codec = createEventCodec([casePersonalDataReadV1]);

export interface Appended {
  readonly eventId: string;
  readonly calledAt: number;
  readonly ms: number;
}

/**
 * Appends of one event each, at a steady rate whatever the answers take. A record of duty: the log and the search of
 * the record take it up, no other service has anything to do with it.
 */
export async function appendAtRate(dataDir: string, perSecond: number, seconds: number): Promise<readonly Appended[]> {
  const store = new PostgresEventStore({ connectionString: await databaseUrl(dataDir), applicationName: 'bench' });
  const answers: Promise<Appended>[] = [];
  const start = performance.now();
  const due = () => Math.min((performance.now() - start) / 1_000, seconds) * perSecond;
  while (answers.length < perSecond * seconds) {
    while (answers.length < due()) answers.push(appendOne(store));
    await pause(TICK_MS);
  }
  const appended = await Promise.all(answers);
  await store.close();
  return appended;
}

async function appendOne(store: PostgresEventStore): Promise<Appended> {
  const event = newEvent();
  const calledAt = performance.now();
  await store.append([{ streamId: `read-bench-${event.eventId}`, expectedRevision: 'none', events: [event] }]);
  return { eventId: event.eventId, calledAt, ms: performance.now() - calledAt };
}

function newEvent(): NewEvent {
  const time = new Date().toISOString();
  const data = { kind: 'case', target: null, filters: ['area'], areaCode: null, records: 1, result: 'given', code: null, address: null, count: 1, since: time } as const;
  const request = randomUUID();
  return {
    eventId: randomUUID(),
    ...codec.encode({ type: 'PersonalDataRead', data: { ...data, filters: [...data.filters] } }),
    metadata: { source: 'case-management', time, correlationId: request, causationId: request, actor: { type: 'user', id: 'bench' } },
  };
}
