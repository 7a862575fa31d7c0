/**
 * Runs a task whenever asked, but one at a time and not more often than the pace: what is asked for in between
 * shares one run. Idle, it starts at once.
 */
export class PacedTask {
  #wanted = false;
  #running: Promise<void> | undefined;
  #lastStart = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly paceMs: number,
    /** Handles its own errors. */
    private readonly task: () => Promise<void>,
  ) {}

  request(): void {
    this.#wanted = true;
    if (this.#running === undefined) this.#schedule();
  }

  /** Runs without waiting for the pace; resolves after a run that began after this call. */
  async now(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    await this.#start();
  }

  /** Forgets what is wanted; resolves when nothing runs any more. */
  async cancel(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#lastStart + this.paceMs - performance.now());
    this.#timer = setTimeout(() => {
      void this.#start();
    }, wait);
  }

  #start(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wanted = false;
    this.#lastStart = performance.now();
    this.#running = this.task().finally(() => {
      this.#running = undefined;
      if (this.#wanted) this.#schedule();
    });
    return this.#running;
  }
}
