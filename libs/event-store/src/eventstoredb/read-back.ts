import { FORWARDS } from '@eventstore/db-client';
import type { ReadRecord } from './event-record.js';
import { pageFrom } from './read-stream.js';
import type { StoreConnection } from './store-connection.js';

interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** A stretch of a stream that was just written. */
export interface Written {
  readonly streamId: string;
  readonly from: number;
  readonly count: number;
  /** Of its last event. */
  readonly last: Position | undefined;
}

interface Waiting {
  readonly written: Written;
  readonly position: Position;
  readonly give: (record: ReadRecord | undefined) => void;
}

/** So many at once are read each by itself; what comes meanwhile waits for one of them, and is read together. */
const ALONE = 2;
const TOGETHER = 4;
const MOST = 500;

/**
 * Reads what was written, for its places and times. Single events that are written at the same moment lie side by side
 * in `$all`: those that come while others are being read are read together by the next.
 */
export class ReadBack {
  private waiting: Waiting[] = [];
  private reading = 0;

  constructor(private readonly connection: StoreConnection) {}

  async of(written: Written): Promise<readonly ReadRecord[]> {
    const { last, count } = written;
    if (count !== 1 || last === undefined) return this.alone(written);
    if (this.reading >= ALONE) {
      const found = await new Promise<ReadRecord | undefined>((give) => this.waiting.push({ written, position: last, give }));
      return found === undefined ? this.alone(written) : [found];
    }
    return this.counted(() => this.alone(written));
  }

  private async alone({ streamId, from, count }: Written): Promise<readonly ReadRecord[]> {
    return (await pageFrom(this.connection, streamId, from, count)) ?? [];
  }

  private async counted<T>(read: () => Promise<T>): Promise<T> {
    this.reading += 1;
    try {
      return await read();
    } finally {
      this.reading -= 1;
      this.readWaiting();
    }
  }

  /** What a group does not find is read by itself, and so is its fault. */
  private readWaiting(): void {
    const group = this.waiting.splice(0, MOST);
    if (group.length === 0) return;
    const found = this.counted(() => (group.length < TOGETHER ? Promise.resolve(NOTHING) : this.group(group)));
    found
      .catch(() => NOTHING)
      .then((records) => {
        for (const { written, give } of group) give(records.get(placeOf(written.streamId, written.from)));
      })
      .catch(() => undefined); // nothing in it throws
  }

  private async group(group: readonly Waiting[]): Promise<ReadonlyMap<string, ReadRecord>> {
    const fromPosition = group.map(({ position }) => position).reduce((one, other) => (other.commit < one.commit ? other : one));
    const maxCount = group.length * 2; // events of others lie between
    const records = await this.connection.page((client) => client.readAll({ direction: FORWARDS, fromPosition, maxCount, requiresLeader: true }));
    return new Map(records.map((record) => [placeOf(record.streamId, Number(record.revision)), record]));
  }
}

const NOTHING: ReadonlyMap<string, ReadRecord> = new Map();

function placeOf(streamId: string, revision: number): string {
  return `${streamId}@${String(revision)}`;
}
