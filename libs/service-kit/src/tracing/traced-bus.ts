import { context, trace, type Attributes, type Span } from '@opentelemetry/api';
import { BusDecorator, type BusRecord, type DeliveredRecord, type MessageBus, type Subscription, type SubscriptionOptions } from '@brain/message-bus';
import {
  MESSAGING_BATCH_MESSAGE_COUNT,
  MESSAGING_CONSUMER_GROUP_NAME,
  MESSAGING_DESTINATION_NAME,
  MESSAGING_DESTINATION_PARTITION_ID,
  MESSAGING_MESSAGE_CONVERSATION_ID,
  MESSAGING_OPERATION_NAME,
  MESSAGING_OPERATION_TYPE,
  MESSAGING_SYSTEM,
} from './semantic-conventions.js';
import { failSpan, startSpan, traceparentOf } from './spans.js';

/** Each record has a span where it is sent and one for each group that handles it; the header `traceparent` ties them. */
export class TracedBus extends BusDecorator {
  constructor(
    bus: MessageBus,
    /** `kafka` or `postgresql`. */
    private readonly system: string,
  ) {
    super(bus);
  }

  override async publish(topic: string, records: readonly BusRecord[]): Promise<void> {
    const sent = records.map((record) => {
      const span = startSpan(`send ${topic}`, {
        kind: 'producer',
        attributes: this.attributes('send', topic, record, records.length),
        traceparent: record.headers.traceparent,
      });
      return { span, record: withTraceparent(record, span) };
    });
    await settle(sent.map(({ span }) => span), () => this.bus.publish(topic, sent.map(({ record }) => record)));
  }

  override subscribe(options: SubscriptionOptions): Promise<Subscription> {
    return this.bus.subscribe({ ...options, handler: (records) => this.handle(options, records) });
  }

  /** The handler gets each record with the context of its own span; what it does for the batch belongs to the first. */
  private async handle({ group, handler }: SubscriptionOptions, records: readonly DeliveredRecord[]): Promise<void> {
    const taken = records.map((record) => {
      const span = startSpan(`process ${record.topic}`, {
        kind: 'consumer',
        attributes: {
          ...this.attributes('process', record.topic, record, records.length),
          [MESSAGING_CONSUMER_GROUP_NAME]: group,
          [MESSAGING_DESTINATION_PARTITION_ID]: String(record.partition),
        },
        traceparent: record.headers.traceparent,
      });
      return { span, record: withTraceparent(record, span) };
    });
    const [first] = taken;
    if (first === undefined) return;
    await settle(taken.map(({ span }) => span), () =>
      context.with(trace.setSpan(context.active(), first.span), () => handler(taken.map(({ record }) => record))),
    );
  }

  private attributes(operation: 'send' | 'process', topic: string, record: BusRecord, batch: number): Attributes {
    const { ce_correlationid: correlationId } = record.headers;
    return {
      [MESSAGING_SYSTEM]: this.system,
      [MESSAGING_OPERATION_NAME]: operation,
      [MESSAGING_OPERATION_TYPE]: operation,
      [MESSAGING_DESTINATION_NAME]: topic,
      ...(batch > 1 ? { [MESSAGING_BATCH_MESSAGE_COUNT]: batch } : {}),
      ...(correlationId === undefined ? {} : { [MESSAGING_MESSAGE_CONVERSATION_ID]: correlationId }),
    };
  }
}

function withTraceparent<Record extends BusRecord>(record: Record, span: Span): Record {
  const traceparent = traceparentOf(span);
  return traceparent === undefined ? record : { ...record, headers: { ...record.headers, traceparent } };
}

async function settle(spans: readonly Span[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    for (const span of spans) failSpan(span, error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}
