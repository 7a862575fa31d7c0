/** What came: an event type, and the service that recorded it. */
export interface News {
  readonly type: string;
  readonly source: string;
}

/** Absent: any. */
export interface Wanted {
  readonly types?: readonly string[];
  readonly source?: string;
}

/** Wakes whoever waits for news. A wake that comes while nobody waits is kept, so none is lost between two waits. */
export class Wakeups {
  private readonly waiters = new Set<Waiter>();

  waiter(wanted: Wanted = {}): Waiter {
    const waiter: Waiter = new Waiter(wanted, () => this.waiters.delete(waiter));
    this.waiters.add(waiter);
    return waiter;
  }

  /** `news` undefined: unknown what is new, so everybody wakes. */
  wake(news?: readonly News[]): void {
    for (const waiter of this.waiters) waiter.wake(news);
  }
}

export class Waiter {
  private readonly types: ReadonlySet<string> | undefined;
  private readonly source: string | undefined;
  private hasNews = false;
  private resume: (() => void) | undefined;

  constructor(
    { types, source }: Wanted,
    readonly close: () => void,
  ) {
    this.types = types && new Set(types);
    this.source = source;
  }

  wake(news?: readonly News[]): void {
    if (news?.some((one) => this.wants(one)) === false) return;
    this.hasNews = true;
    this.resume?.();
  }

  /** Until news, the end of the time (Infinity: none) or the abort, whichever is first. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (!this.hasNews && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = timeoutMs === Infinity ? undefined : setTimeout(resolve, timeoutMs);
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

  private wants({ type, source }: News): boolean {
    return (this.types?.has(type) ?? true) && (this.source === undefined || this.source === source);
  }
}
