import type { Logger } from 'pino';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Keeps `work` going until stopped: when it throws, it is logged and started again after a growing pause.
 * `work` ends when its signal aborts.
 */
export class BackgroundTask {
  private readonly abort = new AbortController();
  private running: Promise<void> | undefined;
  /** The last failure, cleared when the work has run for a while again; for readiness. */
  lastError: string | undefined;

  constructor(
    private readonly name: string,
    private readonly logger: Logger,
    private readonly work: (signal: AbortSignal, healthy: () => void) => Promise<void>,
  ) {}

  start(): void {
    this.running ??= this.loop();
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async loop(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    const healthy = () => {
      pause = FIRST_PAUSE_MS;
      this.lastError = undefined;
    };
    while (!this.stopping()) {
      try {
        await this.work(this.abort.signal, healthy);
        healthy();
      } catch (error) {
        if (this.stopping()) return;
        this.lastError = error instanceof Error ? error.message : String(error);
        this.logger.warn({ task: this.name, err: error, pauseMs: pause }, 'task failed, trying again');
        await aborted(this.abort.signal, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  private stopping(): boolean {
    return this.abort.signal.aborted;
  }
}

/** Resolves after `ms`, or at once when the signal aborts. */
export function aborted(signal: AbortSignal, ms: number): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
