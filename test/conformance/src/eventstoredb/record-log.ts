/** An event as the server keeps it. */
export interface LogRecord extends Proposed {
  readonly streamName: string;
  readonly revision: number;
  readonly position: bigint;
  readonly created: Date;
}

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export type Expected = 'any' | 'no-stream' | 'stream-exists' | number;

export type AppendOutcome =
  | { readonly kind: 'written'; readonly revision: number; readonly position: bigint }
  | { readonly kind: 'wrong-expected-version'; readonly current: number | null }
  | { readonly kind: 'stream-deleted' };

/** The streams of a server in memory, with the rules EventStoreDB has for repeats: by place, and for 'any' by id. */
export class RecordLog {
  readonly records: LogRecord[] = [];
  private readonly streams = new Map<string, LogRecord[]>();
  private readonly byId = new Map<string, LogRecord>();
  private readonly deleted = new Set<string>();
  private readonly waiting = new Set<() => void>();
  private nextPosition = 1_000n;

  append(streamName: string, expected: Expected, proposed: readonly Proposed[]): AppendOutcome {
    if (this.deleted.has(streamName)) return { kind: 'stream-deleted' };
    const stream = this.streams.get(streamName) ?? [];
    const current = stream.length - 1;
    const before = expectedRevision(expected, current);
    if (before === undefined || before > current) return this.wrong(current);
    const earlier = expected === 'any' ? this.committed(streamName, proposed) : stream.slice(before + 1, before + 1 + proposed.length);
    const [first] = earlier;
    if (first !== undefined) {
      const isRepeat = proposed.every(({ id }, i) => earlier[i]?.id === id);
      return isRepeat ? writtenUpTo(earlier) : this.wrong(current);
    }
    return writtenUpTo(proposed.map((event) => this.keep(streamName, event)));
  }

  delete(streamName: string): void {
    this.streams.delete(streamName);
    this.deleted.add(streamName);
  }

  isDeleted(streamName: string): boolean {
    return this.deleted.has(streamName);
  }

  /** Undefined: no such stream. */
  stream(streamName: string): readonly LogRecord[] | undefined {
    return this.streams.get(streamName);
  }

  /** Until something is written, or the abort. */
  async news(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private keep(streamName: string, proposed: Proposed): LogRecord {
    const stream = this.streams.get(streamName) ?? [];
    const record: LogRecord = { ...proposed, streamName, revision: stream.length, position: this.nextPosition, created: new Date() };
    this.nextPosition += BigInt(100 + proposed.data.length + proposed.metadata.length);
    stream.push(record);
    this.streams.set(streamName, stream);
    this.byId.set(record.id, record);
    this.records.push(record);
    for (const wake of this.waiting) setImmediate(wake);
    return record;
  }

  private committed(streamName: string, proposed: readonly Proposed[]): readonly LogRecord[] {
    const found = proposed.map(({ id }) => this.byId.get(id)).filter((record) => record !== undefined);
    return found.filter((record) => record.streamName === streamName);
  }

  private wrong(current: number): AppendOutcome {
    return { kind: 'wrong-expected-version', current: current < 0 ? null : current };
  }
}

/** Undefined when there is no stream and there should be one. */
function expectedRevision(expected: Expected, current: number): number | undefined {
  if (typeof expected === 'number') return expected;
  switch (expected) {
    case 'any':
      return current;
    case 'no-stream':
      return -1;
    case 'stream-exists':
      return current < 0 ? undefined : current;
  }
}

function writtenUpTo(records: readonly LogRecord[]): AppendOutcome {
  const last = records.at(-1);
  if (last === undefined) throw new Error('An append without events');
  return { kind: 'written', revision: last.revision, position: last.position };
}

/** Index of the first record at a position or after it; they lie in order. */
export function firstFrom(records: readonly LogRecord[], position: bigint): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const record = records[middle];
    if (record !== undefined && record.position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
