const QUICK_MS = 500;

export interface MissedNewsOptions {
  /** How far the store may be read. */
  readonly head: () => Promise<string>;
  /** Longest time between two looks. */
  readonly pollMs: number;
  /** The store has grown: every tail looks. */
  readonly onGrown: () => void;
  /** It has grown twice in a row without a word. */
  readonly onDeaf: () => void;
}

/**
 * The safety net under the notifications: one look for all tails of a process, so that a lost word delays and never
 * loses. It backs off while what comes is told, and looks often again as soon as something was not.
 */
export class MissedNews {
  private readonly quickMs: number;
  private pauseMs: number;
  private tails = 0;
  private timer: NodeJS.Timeout | undefined;
  private head: string | undefined;
  private isTold = false;
  private wasMissed = false;
  /** A look that began before the last tail ended does not go on for the next. */
  private round = 0;

  constructor(private readonly options: MissedNewsOptions) {
    this.quickMs = Math.min(QUICK_MS, options.pollMs);
    this.pauseMs = this.quickMs;
  }

  /** A tail begins; call what it gives when the tail ends. */
  follow(): () => void {
    this.tails += 1;
    this.timer ??= this.next();
    return () => {
      this.tails -= 1;
      if (this.tails === 0) this.stop();
    };
  }

  /** A notification came. */
  told(): void {
    this.isTold = true;
  }

  private next(): NodeJS.Timeout {
    return setTimeout(() => void this.look(), this.pauseMs);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.round += 1;
    this.head = undefined;
    this.pauseMs = this.quickMs;
  }

  private async look(): Promise<void> {
    const { round, isTold: wasTold } = this;
    this.isTold = false;
    // Unreachable: whoever listens connects again, and wakes the tails then.
    const head = await this.options.head().catch(() => this.head);
    if (round !== this.round) return;
    const hasGrown = head !== this.head;
    const isMissed = hasGrown && this.head !== undefined && !wasTold && !this.isTold;
    this.head = head;
    if (hasGrown) {
      this.options.onGrown();
      this.judge(isMissed);
    }
    this.pauseMs = isMissed ? this.quickMs : Math.min(this.pauseMs * 2, this.options.pollMs);
    this.timer = this.next();
  }

  /** Once may be a word that is still on its way. */
  private judge(isMissed: boolean): void {
    if (isMissed && this.wasMissed) this.options.onDeaf();
    this.wasMissed = isMissed;
  }
}
