export type ReplayEntry =
  | {
      readonly kind: 'requested';
      readonly id: string;
      readonly group: string;
      readonly topic: string;
      readonly partition: number;
      /** What its partition held when the replay was asked for goes first. */
      readonly notBefore: number;
    }
  | { readonly kind: 'replayed'; readonly id: string; readonly at: string }
  | { readonly kind: 'failed'; readonly id: string; readonly at: string; readonly error: string };

export type ReplayRequest = Extract<ReplayEntry, { kind: 'requested' }>;

export interface ReplayState {
  readonly pending: ReplayRequest | undefined;
  readonly replayedAt: string | null;
  /** Undefined as long as no replay of it has failed. */
  readonly failure: { readonly error: string; readonly at: string } | undefined;
}

const untouched: ReplayState = { pending: undefined, replayedAt: null, failure: undefined };

/** What became of the replays, from their log. Its size is what people asked for, not what went wrong. */
export class ReplayLedger {
  readonly #states = new Map<string, ReplayState>();
  readonly #pending = new Map<string, ReplayRequest>();

  of(id: string): ReplayState {
    return this.#states.get(id) ?? untouched;
  }

  due(group: string, topic: string, partition: number, position: number): string | undefined {
    for (const request of this.#pending.values()) {
      const isHere = request.group === group && request.topic === topic && request.partition === partition;
      if (isHere && request.notBefore <= position) return request.id;
    }
    return undefined;
  }

  apply(entry: ReplayEntry): void {
    const state = evolve(this.of(entry.id), entry);
    this.#states.set(entry.id, state);
    if (state.pending === undefined) this.#pending.delete(entry.id);
    else this.#pending.set(entry.id, state.pending);
  }
}

function evolve(state: ReplayState, entry: ReplayEntry): ReplayState {
  switch (entry.kind) {
    case 'requested':
      return { ...state, pending: entry };
    case 'replayed':
      return { ...state, pending: undefined, replayedAt: entry.at };
    case 'failed':
      return { ...state, pending: undefined, failure: { error: entry.error, at: entry.at } };
  }
}
