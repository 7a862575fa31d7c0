/** A fact, already true. `data` is plain JSON so it survives storage and replay. */
export interface DomainEvent<Type extends string, Data extends object> {
  readonly type: Type;
  readonly data: Readonly<Data>;
}

/** Who did it. `system` ids name the rule or service that acted, e.g. `dispatch-rule`. */
export interface ActorRef {
  readonly type: 'user' | 'device' | 'system';
  readonly id: string;
}

/** The circumstances of an event (CloudEvents 1.0 attributes in our words). Times are ISO 8601 UTC with milliseconds. */
export interface EventMetadata {
  readonly source: string;
  readonly time: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: ActorRef;
  readonly areaCode?: string;
  /** From where a person gave the command. In the record alone: the bus does not carry it. */
  readonly address?: string;
  readonly traceparent?: string;
  /** Set when the command carried an Idempotency-Key: its id and a hash of its content, to recognise a repeat. */
  readonly command?: { readonly id: string; readonly hash: string };
}

/**
 * An event as the store gives it back. `type` is the wire name (`case-management.case-dispatched.v1`),
 * `revision` counts from 0 within the stream, `position` is opaque, sorts as text in store order.
 */
export interface StoredEvent {
  readonly eventId: string;
  readonly streamId: string;
  readonly revision: number;
  readonly position: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: EventMetadata;
  readonly recordedAt: string;
}
