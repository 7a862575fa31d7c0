import type { AuditEvent, StoryPlace } from '@brain/contracts';
import { mayComeFromEvent } from './event-origin.js';

export interface FoundEvent {
  readonly event: AuditEvent;
  readonly place: StoryPlace;
}

export interface FoundStory {
  readonly events: ReadonlyMap<string, FoundEvent>;
  readonly truncated: boolean;
}

/** The events of a story as they are found, each once, up to the end of the room. */
export class StoryPages {
  private readonly events = new Map<string, FoundEvent>();
  private truncated = false;

  constructor(
    asked: AuditEvent,
    private readonly most: number,
  ) {
    this.events.set(asked.eventId, { event: asked, place: 'asked' });
  }

  /** One more than there is room for: so it shows when there is more. */
  get queryLimit(): number {
    return this.most + 1;
  }

  /** Takes what is new, the nearest first, and answers it. */
  add(place: 'cause' | 'effect', answers: readonly (readonly AuditEvent[])[], upTo: number): readonly AuditEvent[] {
    const fresh: AuditEvent[] = [];
    const nearest = place === 'cause' ? answers.map((answer) => answer.toReversed()) : answers;
    for (const event of nearest.flat()) {
      if (this.events.has(event.eventId)) continue;
      if (this.events.size >= Math.min(this.most, upTo)) {
        this.truncated = true;
        break;
      }
      this.events.set(event.eventId, { event, place });
      fresh.push(event);
    }
    if (answers.some((answer) => answer.length > this.most)) this.truncated = true;
    return fresh;
  }

  /** What events of the story name as their cause and is not in it. */
  namedElsewhere(): readonly string[] {
    const named = [...this.events.values()].filter(({ event }) => mayComeFromEvent(event)).map(({ event }) => event.causationId);
    return [...new Set(named)].filter((id) => !this.events.has(id));
  }

  /** Not counted: there are never more than there are events already. */
  addBeside(events: readonly AuditEvent[]): void {
    const backwards = new Set([...this.events.values()].filter(({ place }) => place !== 'effect').map(({ event }) => event.causationId));
    for (const event of events) this.events.set(event.eventId, { event, place: backwards.has(event.eventId) ? 'cause' : 'beside' });
  }

  /** The story itself, without what stands beside it. */
  told(): readonly AuditEvent[] {
    return [...this.events.values()].filter(({ place }) => place !== 'beside').map(({ event }) => event);
  }

  /** Has room of its own; the newest come first. */
  addRefusals(refused: readonly AuditEvent[], most: number): void {
    const fresh = refused.filter(({ eventId }) => !this.events.has(eventId));
    if (fresh.length > most) this.truncated = true;
    for (const event of fresh.slice(0, most)) this.events.set(event.eventId, { event, place: 'refused' });
  }

  found(): FoundStory {
    return { events: this.events, truncated: this.truncated };
  }
}
