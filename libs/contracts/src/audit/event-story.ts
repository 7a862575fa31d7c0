import type { AuditEvent } from './audit-event.js';

/** What somebody wanted to do and why it was refused; who and when are the event's own. */
export interface StoryRefusal {
  /** As the API names it: `POST /api/cases/:caseId/dispatch`. */
  readonly command: string;
  readonly code: string;
  readonly status: number;
}

/** An event of the story; its data is asked for by its id. */
export type StoryEvent = Omit<AuditEvent, 'data' | 'address' | 'leafIndex'>;

/** Where in the story something stands, seen from the event that was asked about; beside: it also led to an effect; refused: it changed nothing. */
export type StoryPlace = 'cause' | 'asked' | 'effect' | 'beside' | 'refused';

interface Placed {
  readonly id: string;
  readonly place: StoryPlace;
}

export interface EventNode extends Placed {
  readonly kind: 'event';
  readonly event: StoryEvent;
}

/** A command that was refused, for something of the story. */
export interface RefusedNode extends Placed {
  readonly kind: 'refused';
  readonly event: StoryEvent;
  readonly refusal: StoryRefusal;
}

/** Something outside the areas of whoever asks: that it is there, and nothing else. */
export interface WithheldNode extends Placed {
  readonly kind: 'withheld';
}

/** What a device said. Readings are not events: this is what the event that it caused tells of it. */
export interface ReadingNode extends Placed {
  readonly kind: 'reading';
  readonly messageId: string;
  readonly deviceId: string | null;
  readonly deviceName: string | null;
  readonly time: string;
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

/** A person's command, by the id of the request. */
export interface RequestNode extends Placed {
  readonly kind: 'request';
  readonly correlationId: string;
  readonly actor: AuditEvent['actor'];
  readonly time: string;
}

/** A part of the product acted on what it observed itself. */
export interface SystemNode extends Placed {
  readonly kind: 'system';
  readonly actor: AuditEvent['actor'];
  readonly time: string;
}

export type StoryNode = EventNode | RefusedNode | WithheldNode | ReadingNode | RequestNode | SystemNode;
/** What an event comes from when that is no event. */
export type Origin = ReadingNode | RequestNode | SystemNode;

/**
 * caused: the second names the first as its cause. next: the second is the next step of the same case or alert,
 * with `skipped` steps between that are not told. rule: the second was decided under the first. names: the second was opened for the first by hand.
 * refused: the second is a command that was refused after the first step; where the story begins later, it is the first.
 */
export interface StoryEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'caused' | 'next' | 'rule' | 'names' | 'refused';
  readonly skipped?: number;
}

export interface EventStory {
  readonly eventId: string;
  readonly nodes: readonly StoryNode[];
  readonly edges: readonly StoryEdge[];
  /** There is more than is answered. */
  readonly truncated: boolean;
}
