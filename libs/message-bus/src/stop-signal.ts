/** Ends waiting early: every pause under it resolves to false once it is stopped. */
export class StopSignal {
  readonly #onStop = new Set<() => void>();
  #stopped = false;
  #resolve: () => void = () => undefined;

  readonly whenStopped = new Promise<void>((resolve) => (this.#resolve = resolve));

  get stopped(): boolean {
    return this.#stopped;
  }

  stop(): void {
    this.#stopped = true;
    for (const wake of this.#onStop) wake();
    this.#resolve();
  }

  /** True after the full pause, false when stopped before. */
  pause(ms: number): Promise<boolean> {
    if (this.#stopped) return Promise.resolve(false);
    if (ms <= 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#onStop.delete(settle);
        resolve(!this.#stopped);
      };
      const timer = setTimeout(settle, ms);
      this.#onStop.add(settle);
    });
  }
}
