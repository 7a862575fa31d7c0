import type { DomainEvent, StoredEvent } from '@brain/contracts';
import {
  handleCommand,
  type CommandContext,
  type Decider,
  type EventCodec,
  type EventStore,
  type HandledCommand,
} from '@brain/event-store';
import type { DeliveredRecord } from '@brain/message-bus';
import type { Logger } from 'pino';
import { fromCloudEvent, isDomainError } from '@brain/contracts';
import type { Clock } from './clock.js';
import type { RequestContext } from './request-context.js';
import { inSpan, traceparentOf } from './tracing/spans.js';

/** Runs commands against the store in the name of one service. */
export class Commands {
  constructor(
    private readonly store: EventStore,
    private readonly service: string,
    private readonly logger: Logger,
  ) {}

  /** A person's command: Idempotency-Key and If-Match are honoured. */
  run<State, Command, Event extends DomainEvent<string, object>>(
    codec: EventCodec<Event>,
    decider: Decider<State, Command, Event>,
    streamId: string,
    command: Command,
    request: RequestContext,
    where: { readonly areaCode?: string } = {},
  ): Promise<HandledCommand<State>> {
    return this.runFor(codec, decider, streamId, command, {
      actor: { type: 'user', id: request.actor.id },
      time: request.now,
      correlationId: request.correlationId,
      causationId: request.causationId,
      ...where,
      ...(request.address === null ? {} : { address: request.address }),
      ...(request.idempotencyKey === undefined ? {} : { commandId: request.idempotencyKey }),
      ...(request.expectedRevision === undefined ? {} : { expectedRevision: request.expectedRevision }),
    });
  }

  /** A command that a message, a timer or a rule caused. What was recorded is one log line, to be found by its correlation id. */
  async runFor<State, Command, Event extends DomainEvent<string, object>>(
    codec: EventCodec<Event>,
    decider: Decider<State, Command, Event>,
    streamId: string,
    command: Command,
    context: Omit<CommandContext, 'source'>,
  ): Promise<HandledCommand<State>> {
    const handled = await inSpan(`handle ${streamId.slice(0, streamId.indexOf('-'))}`, { kind: 'internal', traceparent: context.traceparent }, (span) => {
      const traceparent = traceparentOf(span);
      const traced = traceparent === undefined ? context : { ...context, traceparent };
      return handleCommand(this.store, codec, decider, streamId, command, { source: this.service, ...traced }).catch((error: unknown) => {
        if (isDomainError(error)) error.areaCode ??= context.areaCode;
        throw error;
      });
    });
    if (handled.events.length > 0 && !handled.repeated) {
      const { correlationId, causationId } = context;
      const events = handled.events.map(({ type }) => type);
      this.logger.info({ correlationId, causationId, streamId, revision: handled.revision, events }, 'recorded');
    }
    return handled;
  }
}

/**
 * The circumstances of a command caused by an event on the bus: same correlation, the event as cause, and the
 * event's id as command id, so that a second delivery changes nothing.
 */
export function causedBy(event: StoredEvent, clock: Clock, systemActor: string): Omit<CommandContext, 'source'> {
  const { areaCode, traceparent } = event.metadata;
  return {
    actor: { type: 'system', id: systemActor },
    time: clock.now(),
    correlationId: event.metadata.correlationId,
    causationId: event.eventId,
    commandId: event.eventId,
    ...(areaCode === undefined ? {} : { areaCode }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/**
 * The circumstances of what a timer does: the event that set the timer is the cause, however long ago. Without a
 * command id: a timer may fire twice, and the decision is silent then.
 */
export function timedBy({ eventId, metadata }: StoredEvent, clock: Clock, systemActor: string): Omit<CommandContext, 'source'> {
  const { correlationId, areaCode } = metadata;
  return {
    actor: { type: 'system', id: systemActor },
    time: clock.now(),
    correlationId,
    causationId: eventId,
    ...(areaCode === undefined ? {} : { areaCode }),
  };
}

/** The stored event that a record of an events topic carries. */
export function eventOf(record: DeliveredRecord): StoredEvent {
  return fromCloudEvent(record as Parameters<typeof fromCloudEvent>[0]);
}

/** `causedBy` for a record straight from the bus. */
export function fromRecord(record: DeliveredRecord, clock: Clock, systemActor: string): Omit<CommandContext, 'source'> {
  return causedBy(eventOf(record), clock, systemActor);
}
