import { Inject, Injectable } from '@nestjs/common';
import type { StoredEvent } from '@brain/contracts';
import { EVENT_STORE, START_POSITION, type EventStore } from '@brain/event-store';
import { parentCodeOf } from '@brain/geo';
import { areaCodec } from './area.codec.js';
import { areaDecider } from './domain/area.decider.js';
import type { AreaState } from './domain/area.state.js';

interface KnownArea {
  readonly state: AreaState;
  readonly revision: number;
}

const ABSENT: KnownArea = { state: areaDecider.initial, revision: -1 };

/**
 * Every area as the events say, in memory, for decisions that look at other areas: parents, siblings, children.
 * Read tables lag; this is brought up to the store's head before each decision.
 */
@Injectable()
export class AreaRegister {
  private readonly areas = new Map<string, KnownArea>();
  private readonly children = new Map<string, Set<string>>();
  private position = START_POSITION;
  private catching: Promise<void> = Promise.resolve();

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** Resolves when everything stored before the call is known. */
  async catchUp(): Promise<void> {
    const turn = this.catching.then(() => this.readOn());
    this.catching = turn.catch(() => undefined);
    await turn;
  }

  get(code: string): KnownArea {
    return this.areas.get(code) ?? ABSENT;
  }

  has(code: string): boolean {
    return this.areas.has(code);
  }

  childrenOf(code: string): readonly string[] {
    return [...(this.children.get(code) ?? [])];
  }

  /** Takes over events just stored here, which the store's stable order may show only a moment later. */
  apply(events: readonly StoredEvent[]): void {
    for (const stored of events) {
      const event = areaCodec.decode(stored);
      const { state, revision } = this.get(event.data.code);
      if (stored.revision <= revision) continue;
      this.areas.set(event.data.code, { state: areaDecider.evolve(state, event), revision: stored.revision });
      if (event.type === 'AreaRegistered') this.noteChild(event.data.code);
    }
  }

  private async readOn(): Promise<void> {
    const until = await this.store.headPosition();
    if (until === this.position) return;
    for await (const stored of this.store.readAll({ after: this.position, until, types: areaCodec.types })) this.apply([stored]);
    this.position = until;
  }

  private noteChild(code: string): void {
    const parent = parentCodeOf(code);
    if (parent === null) return;
    const siblings = this.children.get(parent) ?? new Set();
    this.children.set(parent, siblings.add(code));
  }
}
