import { aborted } from './background-task.js';

/** A pause that news can end early. A wake that comes while nobody sleeps is kept, so none is lost between two. */
export class WakeableSleep {
  private isWoken = false;
  private resume: (() => void) | undefined;

  wake(): void {
    this.isWoken = true;
    this.resume?.();
  }

  /** What woke it so far has been seen to. */
  forget(): void {
    this.isWoken = false;
  }

  /** At least `leastMs`, then until `ms` have passed, a wake or the abort. */
  async for(ms: number, leastMs: number, signal: AbortSignal): Promise<void> {
    await aborted(signal, Math.min(leastMs, ms));
    if (this.isWoken || signal.aborted || ms <= leastMs) return;
    const end = new AbortController();
    const stop = () => end.abort();
    this.resume = stop;
    signal.addEventListener('abort', stop);
    await aborted(end.signal, ms - leastMs);
    signal.removeEventListener('abort', stop);
    this.resume = undefined;
  }
}
