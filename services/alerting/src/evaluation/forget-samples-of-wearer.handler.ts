import { Controller, Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { deviceChangedV1, deviceRegisteredV1, deviceWearerErasedV1, TOPICS, wornPeriods, type WearerChange } from '@brain/contracts';
import { createEventCodec, EVENT_STORE, type EventStore } from '@brain/event-store';
import type { DeliveredRecord } from '@brain/message-bus';
import { eventOf } from '@brain/service-kit';
import { EvaluationStore } from './evaluation-store.js';

const erasures = createEventCodec([deviceWearerErasedV1]);
const profiles = createEventCodec([deviceRegisteredV1, deviceChangedV1]);

/** Whoever keeps the readings deletes those of the times in which the erased person wore the device. So do we, with our samples of them. */
@Controller()
export class ForgetSamplesOfWearer {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly evaluation: EvaluationStore,
  ) {}

  @EventPattern(TOPICS.deviceEvents, { group: 'forget-samples', batch: 200 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    for (const event of records.map(eventOf).filter(({ type }) => erasures.handles(type))) {
      const { deviceId, wearerId } = erasures.decode(event).data;
      await this.evaluation.forget(deviceId, wornPeriods(await this.changesOf(event.streamId), wearerId));
    }
  }

  /** From the stream of the device, which has it all: our copy of the register may lag behind this event. */
  private async changesOf(streamId: string): Promise<readonly WearerChange[]> {
    const changes: WearerChange[] = [];
    for await (const stored of this.store.readStream(streamId)) {
      if (!profiles.handles(stored.type)) continue;
      changes.push({ since: stored.metadata.time, wearerId: profiles.decode(stored).data.wearerId ?? null });
    }
    return changes;
  }
}
