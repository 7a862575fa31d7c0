import { StopSignal } from '../stop-signal.js';
import type { ClusterLink } from './cluster-link.js';
import { LogReader } from './log-reader.js';
import { ReplayLedger, type ReplayEntry } from './replay-ledger.js';

const waitMs = 1_000;
const longestPauseMs = 2_000;

/** Follows the log of replays from its beginning; every process that delivers does. */
export class ReplayLog {
  readonly ledger = new ReplayLedger();
  readonly #reader: LogReader;
  readonly #stop = new StopSignal();
  readonly #waiting = new Set<{ readonly end: number; readonly resolve: () => void }>();
  #following: Promise<void> | undefined;
  #next = 0;

  constructor(
    private readonly link: ClusterLink,
    topic: string,
    private readonly changed: () => void,
  ) {
    this.#reader = new LogReader(link, topic);
  }

  follow(): void {
    this.#following ??= this.#follow();
  }

  /** Resolves once everything before this offset is known. */
  async knows(end: number): Promise<void> {
    this.follow();
    if (this.#next >= end) return;
    const known = new Promise<void>((resolve) => this.#waiting.add({ end, resolve }));
    await Promise.race([known, this.#stop.whenStopped]);
  }

  async close(): Promise<void> {
    this.#stop.stop();
    await this.link.end(); // ends the request that is on its way
    await this.#following;
  }

  async #follow(): Promise<void> {
    let pauseMs = 50;
    while (!this.#stop.stopped) {
      try {
        const { messages, next } = await this.#reader.read(this.#next, waitMs);
        for (const { value } of messages) this.ledger.apply(JSON.parse(String(value)) as ReplayEntry);
        this.#next = next;
        pauseMs = 50;
        if (messages.length > 0) this.#tell();
      } catch {
        if (!(await this.#stop.pause(pauseMs))) break;
        await this.link.recover();
        // oxlint-disable-next-line no-useless-assignment -- the next failure waits that long
        pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      }
    }
  }

  #tell(): void {
    for (const waiting of this.#waiting) {
      if (waiting.end > this.#next) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
    this.changed();
  }
}
