import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { subjectOf, wornPeriods } from '@brain/contracts';
import { PersonalData } from '@brain/event-store';
import { AppliedNews, Clock, Commands, DueTimers, LOGGER, newCorrelationId } from '@brain/service-kit';
import { TIME_SERIES, type TimeSeries } from '@brain/time-series';
import type { Logger } from 'pino';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import { deviceCodec } from '../devices/device.codec.js';
import { deviceDecider } from '../devices/domain/device.decider.js';
import { deviceListProjection } from '../devices/device-list.projection.js';
import { deviceStream } from '../devices/domain/device.stream.js';
import { RefusedMessages } from '../refused/refused-messages.query.js';
import { erasedPersonProjection } from './erased-person.projection.js';
import { forgottenWearerProjection } from './forgotten-wearer.projection.js';
import { wearerDecider } from './domain/wearer.decider.js';
import { wearerStream } from './domain/wearer.stream.js';
import { wearerCodec } from './wearer.codec.js';
import { Wearers, type ErasedPerson, type WornDevice } from './wearers.query.js';

/**
 * Whoever was erased wears nothing any more, and no reading of theirs is kept. Every step may be repeated and is, until
 * the last is recorded: a crash in between changes nothing.
 */
@Injectable()
export class ForgetWearers implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers: DueTimers<ErasedPerson>;

  constructor(
    private readonly wearers: Wearers,
    private readonly personalData: PersonalData,
    private readonly commands: Commands,
    private readonly refused: RefusedMessages,
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
    private readonly clock: Clock,
    @Inject(INGESTION_SETTINGS) settings: IngestionSettings,
    @Inject(LOGGER) logger: Logger,
    news: AppliedNews,
  ) {
    this.timers = new DueTimers({
      name: 'forget-wearers',
      logger,
      everyMs: settings.INGESTION_ERASURE_POLL_MS,
      due: () => this.wearers.toForget(),
      fire: (person) => this.forget(person),
      news: (wake) => news.on([erasedPersonProjection.name, forgottenWearerProjection.name, deviceListProjection.name], wake),
    });
  }

  onApplicationBootstrap(): void {
    this.timers.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.timers.stop();
  }

  /** After the key: what the tables are told to forget must not be readable any more. */
  private async forget({ personId, areaCode }: ErasedPerson): Promise<void> {
    if ((await this.personalData.keys.keyIdOf(subjectOf('person', personId))) !== undefined) return; // about to be destroyed
    const devices = await this.wearers.devicesOf(personId);
    const correlationId = newCorrelationId();
    const now = this.clock.now();
    const context = { actor: { type: 'system', id: 'erasure' }, time: now, correlationId, causationId: correlationId, ...(areaCode === null ? {} : { areaCode }) } as const;
    for (const device of devices) {
      const command = { type: 'EraseWearer', deviceId: device.deviceId, wearerId: personId, now } as const;
      await this.commands.runFor(deviceCodec, deviceDecider, deviceStream(device.deviceId), command, context);
      await this.deleteReadings(device, personId);
    }
    const command = { type: 'ForgetWearer', wearerId: personId, devices: devices.length, now } as const;
    await this.commands.runFor(wearerCodec, wearerDecider, wearerStream(personId), command, context);
  }

  private async deleteReadings({ deviceId, changes }: WornDevice, wearerId: string): Promise<void> {
    for (const period of wornPeriods(changes, wearerId)) {
      await this.series.forget({ deviceId, ...period });
      await this.refused.deleteOf(deviceId, period);
    }
  }
}
