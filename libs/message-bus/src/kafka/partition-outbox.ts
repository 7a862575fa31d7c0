import { batchOverhead } from '../record-limit.js';
import type { EncodedRecord } from './record-codec.js';
import { takeBatch } from './take-batch.js';

/** One call of publish(): settles when the last of its records does. */
export interface PublishCall {
  waiting: number;
  failed: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting {
  readonly bytes: number;
  readonly record: EncodedRecord;
  readonly call: PublishCall;
}

/** What waits for one partition. One batch is on its way at a time, and everything that comes meanwhile joins the next. */
export class PartitionOutbox {
  #queue: Waiting[] = [];
  #sending: Promise<void> | undefined;

  constructor(
    private readonly maxBatchBytes: number,
    private readonly send: (records: readonly EncodedRecord[]) => Promise<void>,
  ) {}

  /** Resolves once nothing waits. */
  async drained(): Promise<void> {
    await this.#sending;
  }

  add(record: EncodedRecord, call: PublishCall): void {
    this.#queue.push({ bytes: record.bytes, record, call });
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined));
  }

  async #sendAll(): Promise<void> {
    await Promise.resolve(); // the other records of the call that started it come along
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, takeBatch(this.#queue, this.maxBatchBytes - batchOverhead));
      try {
        await this.send(batch.map(({ record }) => record));
        for (const { call } of batch) settled(call);
      } catch (error) {
        for (const { call } of batch) fail(call, error);
      }
      this.#queue = this.#queue.filter(({ call }) => !call.failed);
    }
  }
}

function settled(call: PublishCall): void {
  call.waiting -= 1;
  if (call.waiting === 0) call.resolve();
}

function fail(call: PublishCall, error: unknown): void {
  call.failed = true;
  call.reject(error);
}
