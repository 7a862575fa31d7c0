import { randomUUID } from 'node:crypto';
import type { ActorRef, EventContract, EventOf } from '@brain/contracts';
import { createEventCodec, type EventStore } from '@brain/event-store';

/** Who, when and in which request. */
export interface DutyCircumstances {
  readonly actor: ActorRef;
  readonly time: string;
  readonly correlationId: string;
  readonly areaCode?: string | undefined;
}

/** Puts security events on the record: facts about the work itself, each a stream of its own, decided by nobody. */
export class DutyRecords {
  constructor(private readonly store: EventStore) {}

  /** Settles when it is durable. */
  async add<Contract extends EventContract>(contract: Contract, data: EventOf<Contract>['data'], about: DutyCircumstances): Promise<void> {
    const eventId = randomUUID();
    const { actor, time, correlationId, areaCode } = about;
    const encoded = createEventCodec([contract]).encode({ type: contract.name, data } as EventOf<Contract>);
    const metadata = {
      source: contract.service,
      actor,
      time,
      correlationId,
      causationId: correlationId,
      ...(areaCode === undefined ? {} : { areaCode }),
    };
    await this.store.append([{ streamId: `duty-${eventId}`, expectedRevision: 'none', events: [{ eventId, ...encoded, metadata }] }]);
  }
}
