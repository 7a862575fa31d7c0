import { setTimeout as pause } from 'node:timers/promises';
import type { StoredEvent } from '@brain/contracts';
import type { ReadAllOptions, TailBatch, TailOptions } from '../event-store.port.js';
import { AllSubscription, type Look } from './all-subscription.js';
import type { OwnHead } from './own-head.js';
import type { StoreConnection } from './store-connection.js';
import { faultOf, isPassing, unavailable } from './store-fault.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
const PAGE = 1_000;

/** What following needs of its store. */
export interface FollowParts {
  readonly connection: StoreConnection;
  readonly head: OwnHead;
  readonly sources: readonly string[] | undefined;
}

/** The filtered part of `$all`, as far as it goes now. */
export async function* readAllUntil(parts: FollowParts, options: ReadAllOptions, patienceMs: number): AsyncIterable<StoredEvent> {
  const { connection, sources } = parts;
  const head = await parts.head.end();
  const until = options.until !== undefined && options.until < head ? options.until : head;
  if (until <= options.after) return;
  const subscription = new AllSubscription(connection.client, { ...options, sources, head: until });
  try {
    for (let position = options.after; position < until; ) {
      const look = await subscription.next(options.pageSize ?? PAGE, AbortSignal.timeout(patienceMs));
      if (look === undefined) throw unavailable(`nothing more of $all within ${String(patienceMs)} ms`);
      yield* upTo(look, until).events;
      position = look.position;
    }
  } catch (error) {
    throw faultOf(error);
  } finally {
    subscription.close();
  }
}

/** Subscribes again from where it was whenever the subscription breaks. */
export async function* tailAll(parts: FollowParts, options: TailOptions): AsyncIterable<TailBatch> {
  const { connection } = parts;
  const { signal, until } = options;
  let { after } = options;
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted && (until === undefined || after < until)) {
    try {
      for await (const batch of tailUntilBroken(parts, { ...options, after })) {
        ({ position: after } = batch);
        pauseMs = FIRST_PAUSE_MS;
        yield batch;
      }
    } catch (error) {
      const fault = await connection.explained(error);
      if (!isPassing(fault)) throw fault;
      connection.onError(fault);
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
}

async function* tailUntilBroken({ connection, head, sources }: FollowParts, options: TailOptions): AsyncIterable<TailBatch> {
  const { signal, until, batchSize = 500 } = options;
  const subscription = new AllSubscription(connection.client, { ...options, sources, head: await head.end() });
  try {
    for (let position = options.after; until === undefined || position < until; ) {
      const look = await subscription.next(batchSize, signal);
      if (look === undefined) return;
      const batch = until === undefined ? look : upTo(look, until);
      ({ position } = batch);
      yield batch;
    }
  } finally {
    subscription.close();
  }
}

function upTo({ events, position }: Look, until: string): Look {
  if (position <= until) return { events, position };
  return { events: events.filter((event) => event.position <= until), position: until };
}
