/** The end of a stream as this process saw it last. */
export interface StreamTail {
  /** Last revision. */
  readonly head: number;
  /** Ids of its last events. */
  readonly ids: readonly string[];
}

/** So many ids of a stream tell a repeat from something new. */
export const LAST_PAGE = 200;
const STREAMS = 2_000;

/**
 * What reads and appends of this process have just seen, so that the append that follows a read needs no second one.
 * May be behind: the server then refuses, and the stream is read again. The longest unused is forgotten first.
 */
export class StreamTails {
  private readonly tails = new Map<string, StreamTail>();

  of(streamId: string): StreamTail | undefined {
    return this.tails.get(streamId);
  }

  note(streamId: string, head: number, ids: readonly string[]): void {
    this.tails.delete(streamId);
    this.tails.set(streamId, { head, ids: ids.slice(-LAST_PAGE) });
    const [oldest] = this.tails.keys();
    if (this.tails.size > STREAMS && oldest !== undefined) this.tails.delete(oldest);
  }

  /** With what was written after `head`, null for a new stream. */
  extend(streamId: string, head: number | null, ids: readonly string[]): void {
    if (head === null) {
      this.note(streamId, ids.length - 1, ids);
      return;
    }
    const before = this.tails.get(streamId);
    // Another append of this process may have come between.
    if (before?.head === head) this.note(streamId, head + ids.length, [...before.ids, ...ids]);
  }
}
