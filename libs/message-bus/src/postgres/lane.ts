import { deliver, type Delivery } from '../deliver.js';
import type { DeliveredRecord, RetryPolicy } from '../message-bus.port.js';
import { StopSignal } from '../stop-signal.js';
import type { Fetcher } from './fetcher.js';
import { LeaseLost, type Lease } from './lease.js';
import type { OffsetCommitter } from './offset-committer.js';
import type { PostgresDeadLetters } from './postgres-dead-letters.js';

export interface LanePlumbing {
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly committer: Pick<OffsetCommitter, 'advance' | 'flush'>;
  readonly deadLetters: Pick<PostgresDeadLetters, 'bury' | 'toReplay' | 'replayed' | 'failedAgain'>;
}

export interface LaneWork {
  readonly handler: (records: readonly DeliveredRecord[]) => Promise<void>;
  readonly maxBatch: number;
  readonly lingerMs: number;
  readonly retry: RetryPolicy;
}

const longestPauseMs = 2_000;

/**
 * Delivers one partition while this member holds its lease: reads ahead up to the fetch limits and not further
 * before those records are handled.
 */
export class Lane {
  /** Settles once nothing of it runs any more. */
  readonly finished: Promise<void>;
  readonly #stop = new StopSignal();
  readonly #replays = new Map<string, number>();
  readonly #delivery: Omit<Delivery, 'bury'>;
  #readAhead: DeliveredRecord[] = [];
  #wake: () => void = () => undefined;

  constructor(
    readonly lease: Lease,
    private position: number,
    private head: number,
    private readonly work: LaneWork,
    private readonly plumbing: LanePlumbing,
  ) {
    this.#delivery = { handler: work.handler, retry: work.retry, pause: (ms) => this.#stop.pause(ms) };
    this.finished = this.#run();
  }

  get stopping(): boolean {
    return this.#stop.stopped;
  }

  get readAhead(): number {
    return this.#readAhead.length;
  }

  /** The running handler finishes; the records after it stay for the next owner. */
  stop(): void {
    this.#stop.stop();
    this.#wake();
  }

  reachesTo(head: number): void {
    if (head <= this.head) return;
    this.head = head;
    this.#wake();
  }

  /** `notBefore`: what was waiting when the replay was asked for goes first. */
  replay(id: string, notBefore: number): void {
    if (this.#replays.has(id)) return;
    this.#replays.set(id, notBefore);
    this.#wake();
  }

  async #run(): Promise<void> {
    let pauseMs = 50;
    while (!this.#stop.stopped) {
      try {
        await this.#step();
        pauseMs = 50;
      } catch (error) {
        this.#readAhead = [];
        if (error instanceof LeaseLost) this.stop();
        await this.#stop.pause(pauseMs);
        // oxlint-disable-next-line no-useless-assignment -- the next failure waits that long
        pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      }
    }
    this.#readAhead = [];
  }

  async #step(): Promise<void> {
    const replay = this.#dueReplay();
    if (replay !== undefined) return this.#deliverReplay(replay);
    if (this.#readAhead.length > 0) return this.#deliverNext();
    if (this.position < this.head) return this.#refill();
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  #dueReplay(): string | undefined {
    for (const [id, notBefore] of this.#replays) if (notBefore <= this.position) return id;
    return undefined;
  }

  async #refill(): Promise<void> {
    if (!(await this.#linger())) return;
    const { topic, partition } = this.lease;
    const records = await this.plumbing.fetcher.fetch(topic, partition, this.position);
    const last = records.at(-1);
    if (last === undefined) this.head = this.position;
    else this.head = Math.max(this.head, last.offset + 1);
    this.#readAhead = records;
  }

  /** Before reading, not after: what comes meanwhile is read with the rest. False when stopped. */
  async #linger(): Promise<boolean> {
    const { lingerMs, maxBatch } = this.work;
    return this.head - this.position >= maxBatch || this.#stop.pause(lingerMs);
  }

  async #deliverNext(): Promise<void> {
    const batch = this.#readAhead.splice(0, this.work.maxBatch);
    const done = await deliver(batch, { ...this.#delivery, bury: (record, error) => this.#bury(record, error) });
    const last = batch.at(-1);
    if (!done || last === undefined) return;
    this.position = last.offset + 1;
    this.plumbing.committer.advance(this.lease, this.position, () => this.stop());
  }

  async #bury(record: DeliveredRecord, error: unknown): Promise<void> {
    await this.plumbing.deadLetters.bury(this.lease, record, error);
    this.position = record.offset + 1;
  }

  async #deliverReplay(id: string): Promise<void> {
    const { deadLetters } = this.plumbing;
    const record = await deadLetters.toReplay(id);
    if (record !== undefined) {
      let failure: { readonly error: unknown } | undefined;
      const bury = (_record: DeliveredRecord, error: unknown): Promise<void> => {
        failure = { error };
        return Promise.resolve();
      };
      if (!(await deliver([record], { ...this.#delivery, bury }))) return;
      await (failure === undefined ? deadLetters.replayed(id) : deadLetters.failedAgain(id, failure.error));
    }
    this.#replays.delete(id);
  }
}
