import { deliver, type Delivery } from '../deliver.js';
import type { DeliveredRecord, RetryPolicy } from '../message-bus.port.js';
import { StopSignal } from '../stop-signal.js';
import type { LaneLetters } from './lane-letters.js';

export interface LaneWork {
  readonly handler: (records: readonly DeliveredRecord[]) => Promise<void>;
  readonly maxBatch: number;
  readonly lingerMs: number;
  readonly retry: RetryPolicy;
  /** How far to read ahead of the handlers. */
  readonly readAhead: { readonly records: number; readonly bytes: number };
}

export interface LanePlumbing {
  readonly letters: LaneLetters;
  /** Everything before this offset is done with. */
  readonly advance: (partition: number, position: number) => void;
  /** Tells the coordinator now; it does not matter if that fails. */
  readonly commit: () => Promise<void>;
  /** There is room for more records. */
  readonly hungry: () => void;
}

const longestPauseMs = 2_000;

/** Delivers one partition while this member holds it. It is fed from outside, and asks for food when it has little. */
export class KafkaLane {
  /** Settles once nothing of it runs any more. */
  readonly finished: Promise<void>;
  readonly #stop = new StopSignal();
  readonly #delivery: Omit<Delivery, 'bury'>;
  #readAhead: { readonly record: DeliveredRecord; readonly bytes: number }[] = [];
  #bytes = 0;
  #fetchFrom: number;
  #wake: () => void = () => undefined;

  constructor(
    readonly partition: number,
    private position: number,
    private readonly work: LaneWork,
    private readonly plumbing: LanePlumbing,
  ) {
    this.#fetchFrom = position;
    this.#delivery = { handler: work.handler, retry: work.retry, pause: (ms) => this.#stop.pause(ms) };
    this.finished = this.#run();
  }

  get readAhead(): number {
    return this.#readAhead.length;
  }

  get fetchFrom(): number {
    return this.#fetchFrom;
  }

  /** Half empty, so that the next records come while it still has some. */
  get isHungry(): boolean {
    return this.#hasRoom();
  }

  #hasRoom(): boolean {
    const { records, bytes } = this.work.readAhead;
    return !this.#stop.stopped && this.#readAhead.length <= records / 2 && this.#bytes <= bytes / 2;
  }

  /** `next` is the offset after them, also where the last ones are not for handlers. */
  feed(records: readonly { readonly record: DeliveredRecord; readonly bytes: number }[], next: number): void {
    if (this.#stop.stopped) return;
    this.#fetchFrom = next;
    for (const fetched of records) {
      this.#readAhead.push(fetched);
      this.#bytes += fetched.bytes;
    }
    this.#wake();
  }

  /** The records it stood at are gone: retention was quicker. */
  skipTo(offset: number): void {
    this.#fetchFrom = offset;
  }

  wake(): void {
    this.#wake();
  }

  /** The running handler finishes; the records after it stay for the next owner. */
  stop(): void {
    this.#stop.stop();
    this.#wake();
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    let pauseMs = 50;
    while (!this.#stop.stopped) {
      try {
        await this.#step();
        pauseMs = 50;
      } catch {
        // Only burying and replays ask Kafka here; what was taken comes again.
        await this.#stop.pause(pauseMs);
        // oxlint-disable-next-line no-useless-assignment -- the next failure waits that long
        pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      }
    }
    this.#readAhead = [];
  }

  async #step(): Promise<void> {
    const id = this.plumbing.letters.due(this.partition, this.position);
    if (id !== undefined) return this.#deliverReplay(id);
    if (this.#readAhead.length > 0) return this.#deliverNext();
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  async #deliverNext(): Promise<void> {
    const { maxBatch, lingerMs } = this.work;
    if (this.#readAhead.length < maxBatch && !(await this.#stop.pause(lingerMs))) return;
    const batch = this.#readAhead.slice(0, maxBatch).map(({ record }) => record);
    const done = await deliver(batch, { ...this.#delivery, bury: (record, error) => this.#bury(record, error) });
    const last = batch.at(-1);
    if (!done || last === undefined) return;
    this.#doneWith(last);
  }

  async #bury(record: DeliveredRecord, error: unknown): Promise<void> {
    await this.plumbing.letters.bury(record, error);
    this.#doneWith(record);
    await this.plumbing.commit(); // a crash before it would bury the record again
  }

  async #deliverReplay(id: string): Promise<void> {
    const { letters } = this.plumbing;
    const record = await letters.record(id);
    const failures: unknown[] = [];
    const bury = (_record: DeliveredRecord, error: unknown): Promise<void> => {
      failures.push(error);
      return Promise.resolve();
    };
    if (!(await deliver([record], { ...this.#delivery, bury }))) return;
    await (failures.length === 0 ? letters.replayed(id) : letters.failedAgain(id, failures[0]));
  }

  /** Also with what came before it. */
  #doneWith({ offset }: DeliveredRecord): void {
    const hadRoom = this.#hasRoom();
    const rest = this.#readAhead.findIndex(({ record }) => record.offset > offset);
    for (const { bytes } of this.#readAhead.splice(0, rest === -1 ? this.#readAhead.length : rest)) this.#bytes -= bytes;
    this.position = offset + 1;
    this.plumbing.advance(this.partition, this.position);
    if (!hadRoom && this.#hasRoom()) this.plumbing.hungry();
  }
}
