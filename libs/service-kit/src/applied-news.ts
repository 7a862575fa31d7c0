/** Tells, within this process, that events were applied to a read table: whoever waits for a row need not poll for it. */
export class AppliedNews {
  private readonly listeners = new Map<string, Set<() => void>>();

  /** Calls back after each batch applied to one of these projections; call what it gives to end that. */
  on(projections: readonly string[], listener: () => void): () => void {
    for (const name of projections) this.listenersOf(name).add(listener);
    return () => {
      for (const name of projections) this.listenersOf(name).delete(listener);
    };
  }

  tell(projection: string): void {
    for (const listener of this.listeners.get(projection) ?? []) listener();
  }

  private listenersOf(name: string): Set<() => void> {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known);
    return known;
  }
}
