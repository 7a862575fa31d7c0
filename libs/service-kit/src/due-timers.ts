import type { Logger } from 'pino';
import { BackgroundTask } from './background-task.js';
import { WakeableSleep } from './wakeable-sleep.js';

/** Longest time between two looks of an idle timer, unless it looks less often anyway. */
const RESTING_MS = 15_000;
const RESTING_FACTOR = 16;
/** A clock that is a moment behind must not look just too early. */
const GRACE_MS = 5;

export interface DueTimersOptions<Due> {
  readonly name: string;
  readonly logger: Logger;
  /** How often it looks while something is due, and at most how often it looks because of news. */
  readonly everyMs: number;
  /**
   * What is due now, oldest first, at most a page: a query over a read table. The timers are thereby derived from
   * events: a restart loses none.
   */
  readonly due: () => Promise<readonly Due[]>;
  /** Must be idempotent by its decider: two processes, or a repeat, take effect once. */
  readonly fire: (due: Due) => Promise<void>;
  /** Milliseconds until the next one is due; Infinity: none is known. Absent: nothing becomes due by time alone. */
  readonly untilNext?: () => Promise<number>;
  /** Calls back when what is due may have changed; gives what ends that. Absent: nobody tells. */
  readonly news?: (wake: () => void) => () => void;
}

/**
 * Durable timers without a second store of truth: fires what the read tables say is due. It looks when a table has
 * changed, at the next due instant, and under both now and then, less and less often while nothing is due.
 */
export class DueTimers<Due> {
  private readonly task: BackgroundTask;
  private readonly sleep = new WakeableSleep();

  constructor(private readonly options: DueTimersOptions<Due>) {
    this.task = new BackgroundTask(`timers/${options.name}`, options.logger, (signal) => this.run(signal));
  }

  start(): void {
    this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  private async run(signal: AbortSignal): Promise<void> {
    const unsubscribe = this.options.news?.(() => this.sleep.wake());
    try {
      await this.look(signal);
    } finally {
      unsubscribe?.();
    }
  }

  private async look(signal: AbortSignal): Promise<void> {
    const { everyMs } = this.options;
    const restingMs = Math.max(everyMs, Math.min(everyMs * RESTING_FACTOR, RESTING_MS));
    for (let pauseMs = everyMs; !signal.aborted; ) {
      this.sleep.forget();
      const due = await this.options.due();
      await this.fireAll(due, signal);
      pauseMs = due.length > 0 ? everyMs : Math.min(pauseMs * 2, restingMs);
      const nextMs = due.length > 0 ? everyMs : Math.min(pauseMs, await this.untilNext());
      await this.sleep.for(nextMs, everyMs, signal);
    }
  }

  /** What should have been due already is looked for at the usual pace. */
  private async untilNext(): Promise<number> {
    const leftMs = (await this.options.untilNext?.()) ?? Infinity;
    return leftMs > 0 ? leftMs + GRACE_MS : this.options.everyMs;
  }

  private async fireAll(due: readonly Due[], signal: AbortSignal): Promise<void> {
    for (const item of due) {
      if (signal.aborted) return;
      await this.fireOne(item);
    }
  }

  /** One that fails must not hold up the others; it is still due at the next look. */
  private async fireOne(item: Due): Promise<void> {
    try {
      await this.options.fire(item);
    } catch (error) {
      this.options.logger.error({ err: error, timer: this.options.name, item }, 'timer could not fire');
    }
  }
}
