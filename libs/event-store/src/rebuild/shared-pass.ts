import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { StoredEvent } from '@brain/contracts';
import { START_POSITION, type EventReader, type StorePart } from '../event-store.port.js';
import { inChunks } from './in-chunks.js';

export interface SharedPassOptions {
  readonly store: Pick<EventReader, 'readAll'>;
  /** So many readers will come; reading begins with the last of them. */
  readonly readers: number;
  /** Ends it for all of them, also while some are still to come. */
  readonly signal?: AbortSignal;
}

/** The store answers one page after another, and each answer waits its turn among all that readers do. */
const PAGE = 2_000;
/** Twice so many pages a reader may be behind before the others wait for it. */
const PAGES_AHEAD = 2;

interface Part {
  readonly types: ReadonlySet<string> | undefined;
  readonly until: string | undefined;
  /** Arrays of events. */
  readonly events: PassThrough;
}

/** One reading of the store from the first event on, for several readers who each want a part of it. */
export class SharedPass {
  private readonly parts = new Set<Part>();
  private toCome: number;

  constructor(private readonly options: SharedPassOptions) {
    this.toCome = options.readers;
    options.signal?.addEventListener('abort', () => this.fail(options.signal?.reason), { once: true });
  }

  /** As `readAll` of a store, many events at a time; `signal` ends it for this reader. @throws what reading the store threw */
  async *readPages({ after, until, types, signal }: StorePart & { readonly signal?: AbortSignal }): AsyncIterable<readonly StoredEvent[]> {
    if (after !== START_POSITION || this.toCome === 0) throw new Error('Who shares a pass is there when it begins, with the first event');
    this.options.signal?.throwIfAborted();
    signal?.throwIfAborted();
    const events = new PassThrough({ objectMode: true, highWaterMark: PAGES_AHEAD });
    const part = { types: types && new Set(types), until, events };
    this.parts.add(part);
    signal?.addEventListener('abort', () => end(events, signal.reason), { once: true });
    this.toCome -= 1;
    if (this.toCome === 0) void this.read();
    try {
      for await (const page of events) yield page as readonly StoredEvent[];
    } finally {
      this.parts.delete(part);
    }
  }

  private async read(): Promise<void> {
    try {
      for await (const page of inChunks(this.options.store.readAll({ after: START_POSITION, pageSize: PAGE, ...this.types() }), PAGE)) {
        if (this.parts.size === 0) return;
        await Promise.all([...this.parts].map((part) => give(part, page)));
      }
      for (const { events } of this.parts) events.end();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    for (const { events } of this.parts) end(events, error);
  }

  private types(): { readonly types?: readonly string[] } {
    const wanted = [...this.parts].map(({ types }) => types);
    if (wanted.includes(undefined)) return {};
    return { types: [...new Set(wanted.flatMap((types) => [...(types ?? [])]))] };
  }
}

async function give({ types, until, events }: Part, page: readonly StoredEvent[]): Promise<void> {
  const wanted = page.filter(({ type, position }) => types?.has(type) !== false && (until === undefined || position <= until));
  if (wanted.length === 0 || hasLeft(events) || events.write(wanted)) return;
  const waiting = new AbortController();
  try {
    await Promise.race([once(events, 'drain', waiting), once(events, 'close', waiting)]);
  } catch (error) {
    if (!hasLeft(events)) throw error;
  } finally {
    waiting.abort();
  }
}

function end(events: PassThrough, error: unknown): void {
  events.destroy(error instanceof Error ? error : new Error('The pass failed', { cause: error }));
}

/** Who left is waited for no more. */
function hasLeft(events: PassThrough): boolean {
  return events.destroyed;
}
