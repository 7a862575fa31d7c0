import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { TOPICS, recordFaultFoundOf, type AlertRaised, type RecordFaultFound, type StoredEvent } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import { MESSAGE_BUS, type DeliveredRecord, type MessageBus, type Subscription } from '@brain/message-bus';
import { Clock, Commands, causedBy, eventOf } from '@brain/service-kit';
import { alertIdOf } from '../evaluation/domain/alert-id.js';
import { alertCodec } from './alert-codec.js';
import { Counties } from './counties.query.js';
import { alertDecider } from './domain/alert.decider.js';
import { alertStream } from './domain/alert.stream.js';

/** In the place of a rule and a device: the watch over the event store, and the event store. */
const WATCH = '7d0b2f4e-4c1e-4f5a-9a53-6f1d0c6a2b03';
const THE_STORE = '7d0b2f4e-4c1e-4f5a-9a53-6f1d0c6a2b04';

const TITLES: Readonly<Record<RecordFaultFound['data']['code'], string>> = {
  EVENT_SET_ASIDE: '事件库有外来记录，已搁置 / A foreign event in the event store was set aside',
  STREAM_FOREIGN_EVENT: '事件流被外来记录占用 / Another program wrote into a stream of the product',
  STREAM_TRUNCATED: '事件流缺失开头 / The beginning of a stream is missing',
};

/** One subscription for all: next to nothing comes, and each of its own would cost as much as this one. */
const FROM = [TOPICS.gridEvents, TOPICS.deviceEvents, TOPICS.alertingEvents, TOPICS.caseEvents, TOPICS.evaluationEvents, TOPICS.auditEvents];

const codec = createEventCodec(Object.values(recordFaultFoundOf));

/** What others have put into the event store concerns everybody: an alert in each county, ended by a person. */
@Injectable()
export class AlertOfRecordFault implements OnApplicationBootstrap, OnModuleDestroy {
  private subscription: Subscription | undefined;

  constructor(
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly counties: Counties,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const handler = (records: readonly DeliveredRecord[]) => this.handle(records);
    this.subscription = await this.bus.subscribe({ group: 'alerting.record-fault', topics: FROM, startFrom: 'earliest', handler });
  }

  async onModuleDestroy(): Promise<void> {
    await this.subscription?.close();
  }

  private async handle(records: readonly DeliveredRecord[]): Promise<void> {
    for (const stored of records.map(eventOf)) {
      if (codec.handles(stored.type)) await this.raise(stored, codec.decode(stored).data);
    }
  }

  private async raise(stored: StoredEvent, fault: RecordFaultFound['data']): Promise<void> {
    for (const areaCode of await this.counties.codes()) {
      const alert = alertOf(fault, areaCode);
      const context = { ...causedBy(stored, this.clock, 'event-store'), areaCode };
      await this.commands.runFor(alertCodec, alertDecider, alertStream(alert.alertId), { type: 'RaiseAlert', alert }, context);
    }
  }
}

/** One for a fault, also when several services have met it. */
function alertOf({ code, streamId, revision, at }: RecordFaultFound['data'], areaCode: string): AlertRaised['data'] {
  const place = `${streamId}${revision === null ? '' : ` · ${String(revision)}`}`;
  return {
    alertId: alertIdOf(WATCH, `${THE_STORE}/${areaCode}/${code}/${place}`, 0),
    ruleId: WATCH,
    ruleRevision: 0,
    title: `${TITLES[code]}: ${place}`.slice(0, 200),
    deviceId: THE_STORE,
    deviceName: '事件库 / event store',
    areaCode,
    location: null,
    severity: 'CRITICAL',
    conditionSince: at,
    raisedAt: at,
    reading: { ts: Date.parse(at), values: { code, streamId } },
    openCase: null,
  };
}
