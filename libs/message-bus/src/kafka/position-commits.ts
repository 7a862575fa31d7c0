/** Positions that the coordinator does not know yet. */
export class PositionCommits {
  #positions = new Map<number, number>();
  #last = Promise.resolve();

  constructor(private readonly commit: (positions: ReadonlyMap<number, number>) => Promise<void>) {}

  advance(partition: number, position: number): void {
    this.#positions.set(partition, position);
  }

  /** One commit at a time, so that an older position never comes after a newer one. */
  flush(): Promise<void> {
    const flushed = this.#last.then(() => this.#flush());
    this.#last = flushed.catch(() => undefined);
    return flushed;
  }

  /** What could not be committed waits for the next time, unless it has grown since. */
  async #flush(): Promise<void> {
    const positions = this.#positions;
    if (positions.size === 0) return;
    this.#positions = new Map();
    try {
      await this.commit(positions);
    } catch (error) {
      this.#positions = new Map([...positions, ...this.#positions]);
      throw error;
    }
  }
}
