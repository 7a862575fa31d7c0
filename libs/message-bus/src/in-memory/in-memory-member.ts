import type { Delivery } from '../deliver.js';
import type { RetryPolicy, SubscriptionOptions } from '../message-bus.port.js';
import { StopSignal } from '../stop-signal.js';

/** One subscription: it delivers for the partitions its group gave it. */
export class InMemoryMember {
  readonly maxBatch: number;
  readonly topics: ReadonlySet<string>;
  readonly delivery: Omit<Delivery, 'bury'>;
  readonly #stop = new StopSignal();
  readonly #work = new Set<Promise<void>>();

  constructor(options: SubscriptionOptions, retry: RetryPolicy) {
    this.maxBatch = options.maxBatch ?? 1;
    this.topics = new Set(options.topics);
    this.delivery = { handler: options.handler, retry, pause: (ms) => this.#stop.pause(ms) };
  }

  async track(work: Promise<void>): Promise<void> {
    this.#work.add(work);
    try {
      await work;
    } finally {
      this.#work.delete(work);
    }
  }

  async finish(): Promise<void> {
    this.#stop.stop();
    await Promise.all(this.#work);
  }
}
