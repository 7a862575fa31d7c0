import type { Logger } from 'pino';
import { outageLog } from './outage-log.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** Work that has gone on for so long since its last failure is well again, even when there was nothing to do. */
const STEADY_MS = 5_000;

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
    private readonly steadyMs = STEADY_MS,
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
      const steady = setTimeout(healthy, this.steadyMs);
      try {
        await this.work(this.abort.signal, healthy);
        healthy();
      } catch (error) {
        clearTimeout(steady); // before the pause: waiting is not running
        if (this.stopping()) return;
        this.lastError = error instanceof Error ? error.message : String(error);
        outageLog(this.logger).failed(this.name, error, 'task failed, trying again');
        await aborted(this.abort.signal, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      } finally {
        clearTimeout(steady);
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
