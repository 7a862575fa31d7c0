import { personalFieldsOf, refusedMessage, staffWorkload, telemetryMessage, TOPICS, type PersonalField } from '@brain/contracts';
import type { PersonalData, PersonalMessage } from '@brain/event-store';
import { BusDecorator, type BusRecord, type DeliveredRecord, type MessageBus, type Subscription, type SubscriptionOptions } from '@brain/message-bus';

/** Messages that are no events and have personal fields. Events are published as they are stored. */
const MESSAGE_FIELDS: Readonly<Record<string, readonly PersonalField[]>> = {
  [TOPICS.workload]: personalFieldsOf(staffWorkload),
  [TOPICS.readings]: personalFieldsOf(telemetryMessage),
  [TOPICS.refused]: personalFieldsOf(refusedMessage),
};

/** On the bus, and so in its log, personal values are encrypted; handlers get them decrypted. Dead letters stay as they are. */
export class SealingBus extends BusDecorator {
  constructor(
    bus: MessageBus,
    private readonly personalData: PersonalData,
  ) {
    super(bus);
  }

  override async publish(topic: string, records: readonly BusRecord[]): Promise<void> {
    const fields = MESSAGE_FIELDS[topic];
    if (fields === undefined) return this.bus.publish(topic, records);
    const values = await this.personalData.sealMessages(records.map((record) => messageOf(topic, record, fields)));
    return this.bus.publish(topic, records.map((record, index) => ({ ...record, value: values[index] })));
  }

  override subscribe(options: SubscriptionOptions): Promise<Subscription> {
    return this.bus.subscribe({ ...options, handler: async (records) => options.handler(await this.revealed(records)) });
  }

  private async revealed(records: readonly DeliveredRecord[]): Promise<readonly DeliveredRecord[]> {
    const topic = records[0]?.topic ?? '';
    const fields = MESSAGE_FIELDS[topic];
    if (fields !== undefined) {
      const values = await this.personalData.revealMessages(records.map((record) => messageOf(topic, record, fields)));
      return records.map((record, index) => ({ ...record, value: values[index] }));
    }
    const isEvent = records.every(({ headers }) => headers.ce_type !== undefined);
    return isEvent ? this.revealedEvents(records) : records;
  }

  private async revealedEvents(records: readonly DeliveredRecord[]): Promise<readonly DeliveredRecord[]> {
    const events = records.map(({ headers, value }) => ({
      type: headers.ce_type ?? '',
      streamId: headers.ce_subject ?? '',
      data: value as PersonalMessage['data'],
    }));
    const revealed = await this.personalData.reveal(events);
    return revealed === events ? records : records.map((record, index) => ({ ...record, value: revealed[index]?.data }));
  }
}

function messageOf(topic: string, { key, value }: BusRecord, fields: readonly PersonalField[]): PersonalMessage {
  return { data: value as PersonalMessage['data'], fields, place: `${topic}\n${key}` };
}
