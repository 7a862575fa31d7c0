import type { Logger } from 'pino';
import { BackgroundTask, aborted } from './background-task.js';

export interface DueTimersOptions<Due> {
  readonly name: string;
  readonly logger: Logger;
  readonly everyMs: number;
  /**
   * What is due now, oldest first, at most a page: a query over a read table. The timers are thereby derived from
   * events: a restart loses none.
   */
  readonly due: () => Promise<readonly Due[]>;
  /** Must be idempotent by its decider: two processes, or a repeat, take effect once. */
  readonly fire: (due: Due) => Promise<void>;
  /** Told how many are overdue by more than the poll interval, for the self-check. */
  readonly onLag?: (count: number) => void;
}

/** Durable timers without a second store of truth: polls what the read tables say is due and fires it. */
export class DueTimers<Due> {
  private readonly task: BackgroundTask;

  constructor(private readonly options: DueTimersOptions<Due>) {
    this.task = new BackgroundTask(`timers/${options.name}`, options.logger, (signal) => this.poll(signal));
  }

  start(): void {
    this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  private async poll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const due = await this.options.due();
      this.options.onLag?.(due.length);
      await this.fireAll(due, signal);
      await aborted(signal, this.options.everyMs);
    }
  }

  private async fireAll(due: readonly Due[], signal: AbortSignal): Promise<void> {
    for (const item of due) {
      if (signal.aborted) return;
      await this.fireOne(item);
    }
  }

  /** One that fails must not hold up the others; it is still due at the next poll. */
  private async fireOne(item: Due): Promise<void> {
    try {
      await this.options.fire(item);
    } catch (error) {
      this.options.logger.error({ err: error, timer: this.options.name, item }, 'timer could not fire');
    }
  }
}
