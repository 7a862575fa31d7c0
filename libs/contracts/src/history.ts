import type { ActorRef, StoredEvent } from './domain-event.js';

/** One line of the history of an alert or a case, oldest first. `type` is the event's wire name. */
export interface HistoryEntry {
  readonly eventId: string;
  readonly type: string;
  readonly revision: number;
  readonly time: string;
  readonly recordedAt: string;
  readonly actor: ActorRef;
  readonly causationId: string;
  readonly correlationId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function historyEntry({ eventId, type, revision, recordedAt, data, metadata }: StoredEvent): HistoryEntry {
  const { time, actor, causationId, correlationId } = metadata;
  return { eventId, type, revision, time, recordedAt, actor, causationId, correlationId, data };
}
