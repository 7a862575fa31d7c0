import { createHash } from 'node:crypto';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { DomainError, type ActorRef, type DomainEvent, type EventMetadata, type StoredEvent } from '@brain/contracts';
import type { EventCodec } from './codec.js';
import type { Decider } from './decider.js';
import { StreamConflict, type EventStore, type NewEvent } from './event-store.port.js';

const COMMAND_NAMESPACE = '6f1d2f0e-6b0e-4d5c-9a55-5b8f2c1d7a10';
const MAX_ATTEMPTS = 3;

/** The circumstances a command arrives in. */
export interface CommandContext {
  readonly source: string;
  readonly actor: ActorRef;
  /** When it happened, ISO 8601 UTC. */
  readonly time: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly areaCode?: string;
  /** From where a person gave the command. */
  readonly address?: string;
  readonly traceparent?: string;
  /**
   * Makes a repeat harmless: the Idempotency-Key of a request (made unique per actor), or the id of the message
   * that caused the command. The same id with other content is refused with IDEMPOTENCY_KEY_REUSED.
   */
  readonly commandId?: string;
  /** From If-Match: the revision the caller saw. Anything else is refused with REVISION_STALE. */
  readonly expectedRevision?: number;
}

export interface HandledCommand<State> {
  readonly state: State;
  /** Last revision of the stream, -1 when it still does not exist. */
  readonly revision: number;
  /** What this command stored; on a repeat, what it stored the first time. */
  readonly events: readonly StoredEvent[];
  readonly repeated: boolean;
}

/** Reads the stream, decides, appends with the expected revision; a conflict decides again, at most three times. */
export async function handleCommand<State, Command, Event extends DomainEvent<string, object>>(
  store: EventStore,
  codec: EventCodec<Event>,
  decider: Decider<State, Command, Event>,
  streamId: string,
  command: Command,
  context: CommandContext,
): Promise<HandledCommand<State>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptCommand(store, codec, decider, streamId, command, context);
    } catch (error) {
      if (!(error instanceof StreamConflict)) throw error;
      if (attempt === MAX_ATTEMPTS) throw new DomainError('STREAM_BUSY', `${streamId} kept changing, try again`);
    }
  }
}

/** Folds a stream into its state. */
export async function loadState<State, Event extends DomainEvent<string, object>>(
  store: EventStore,
  codec: EventCodec<Event>,
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  streamId: string,
): Promise<{ readonly state: State; readonly events: readonly StoredEvent[] }> {
  let state = decider.initial;
  const events: StoredEvent[] = [];
  for await (const stored of store.readStream(streamId)) {
    events.push(stored);
    state = decider.evolve(state, codec.decode(stored));
  }
  return { state, events };
}

async function attemptCommand<State, Command, Event extends DomainEvent<string, object>>(
  store: EventStore,
  codec: EventCodec<Event>,
  decider: Decider<State, Command, Event>,
  streamId: string,
  command: Command,
  context: CommandContext,
): Promise<HandledCommand<State>> {
  const { state, events: history } = await loadState(store, codec, decider, streamId);
  const revision = history.length - 1;
  const stamp = context.commandId === undefined ? undefined : { id: context.commandId, hash: hashOf(command) };

  const earlier = stamp && history.filter((event) => event.metadata.command?.id === stamp.id);
  if (earlier?.[0] !== undefined) {
    if (earlier[0].metadata.command?.hash !== stamp?.hash) {
      throw new DomainError('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another command');
    }
    return { state, revision, events: earlier, repeated: true };
  }
  if (context.expectedRevision !== undefined && context.expectedRevision !== revision) {
    throw new DomainError('REVISION_STALE', `The current revision is ${String(revision)}`, [
      { path: 'If-Match', message: `is ${String(context.expectedRevision)}, now ${String(revision)}` },
    ]);
  }

  const decided = decider.decide(command, state);
  if (decided.length === 0) return { state, revision, events: [], repeated: false };

  const metadata = metadataOf(context, stamp);
  const events = decided.map((event, index): NewEvent => ({
    eventId: stamp ? uuidv5(`${streamId}/${stamp.id}/${String(index)}`, COMMAND_NAMESPACE) : uuidv7(),
    ...codec.encode(event),
    metadata,
  }));
  const result = await store.append([{ streamId, expectedRevision: revision < 0 ? 'none' : revision, events }]);
  return {
    state: decided.reduce((folded, event) => decider.evolve(folded, event), state),
    revision: revision + events.length,
    events: result.events,
    repeated: result.repeated,
  };
}

function metadataOf(context: CommandContext, stamp: { id: string; hash: string } | undefined): EventMetadata {
  const { source, actor, time, correlationId, causationId, areaCode, address, traceparent } = context;
  return {
    source,
    actor,
    time,
    correlationId,
    causationId,
    ...(areaCode === undefined ? {} : { areaCode }),
    ...(address === undefined ? {} : { address }),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(stamp === undefined ? {} : { command: stamp }),
  };
}

/** `now` differs between a request and its repeat and is not part of what was asked. */
function hashOf(command: unknown): string {
  const text = JSON.stringify(command, (key, value: unknown) => (key === 'now' ? undefined : value));
  return createHash('sha256').update(text).digest('base64url');
}
