import type { ActorRef, EventContract, EventMetadata, EventOf, ServiceName } from '@brain/contracts';
import { createEventCodec, type NewEvent } from '@brain/event-store';
import type { SeededRandom } from './seeded-random.js';

/** An event with its place in its stream, ready to be sealed and stored. */
export interface TimedEvent {
  readonly streamId: string;
  readonly revision: number;
  /** Milliseconds since 1970: when it happened, and was stored. */
  readonly at: number;
  readonly event: NewEvent;
}

export interface Circumstances {
  readonly actor: ActorRef;
  readonly areaCode?: string;
  /** The event or request it came from; absent: a request of its own. */
  readonly cause?: string;
  /** Absent: that of the cause itself. */
  readonly correlation?: string;
}

type AnyCodec = ReturnType<typeof createEventCodec<readonly EventContract[]>>;

/** Tells events through the product's own contracts and codecs, each stream with its revisions. */
export class Storyteller {
  private readonly revisions = new Map<string, number>();
  private readonly codecs = new Map<EventContract, AnyCodec>();
  private told: TimedEvent[] = [];
  now = 0;

  constructor(readonly random: SeededRandom) {}

  time(at = this.now): string {
    return new Date(at).toISOString();
  }

  /** Its id, for what it leads to. */
  tell<C extends EventContract>(contract: C, streamId: string, data: EventOf<C>['data'], circumstances: Circumstances): string {
    const eventId = this.random.uuid();
    const revision = (this.revisions.get(streamId) ?? -1) + 1;
    this.revisions.set(streamId, revision);
    const encoded = this.codecOf(contract).encode({ type: contract.name, data });
    this.told.push({ streamId, revision, at: this.now, event: { eventId, ...encoded, metadata: this.metadata(contract.service, circumstances) } });
    return eventId;
  }

  /** Nothing is told of the stream any more. */
  close(streamId: string): void {
    this.revisions.delete(streamId);
  }

  take(): readonly TimedEvent[] {
    const { told } = this;
    this.told = [];
    return told;
  }

  private metadata(source: ServiceName, { actor, areaCode, cause = this.random.uuid(), correlation = cause }: Circumstances): EventMetadata {
    const place = areaCode === undefined ? {} : { areaCode };
    return { source, time: this.time(), correlationId: correlation, causationId: cause, actor, ...place };
  }

  private codecOf(contract: EventContract): AnyCodec {
    const known = this.codecs.get(contract);
    if (known !== undefined) return known;
    const codec: AnyCodec = createEventCodec<readonly EventContract[]>([contract]);
    this.codecs.set(contract, codec);
    return codec;
  }
}
