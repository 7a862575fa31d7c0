/** Wakes whoever waits for news. A wake that comes while nobody waits is kept, so none is lost between two waits. */
export class Wakeups {
  private readonly waiters = new Set<Waiter>();

  /** `types`: only news of these event types; absent: of any. */
  waiter(types?: readonly string[]): Waiter {
    const waiter: Waiter = new Waiter(types && new Set(types), () => this.waiters.delete(waiter));
    this.waiters.add(waiter);
    return waiter;
  }

  /** `types` undefined: unknown what is new, so everybody wakes. */
  wake(types?: readonly string[]): void {
    for (const waiter of this.waiters) waiter.wake(types);
  }
}

export class Waiter {
  private hasNews = false;
  private resume: (() => void) | undefined;

  constructor(
    private readonly types: ReadonlySet<string> | undefined,
    readonly close: () => void,
  ) {}

  wake(types?: readonly string[]): void {
    const wanted = this.types;
    if (wanted !== undefined && types?.some((type) => wanted.has(type)) === false) return;
    this.hasNews = true;
    this.resume?.();
  }

  /** Until news, the end of the time or the abort, whichever is first. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (!this.hasNews && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.resume = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', this.resume, { once: true });
      });
      if (this.resume !== undefined) signal.removeEventListener('abort', this.resume);
      this.resume = undefined;
    }
    this.hasNews = false;
  }
}
