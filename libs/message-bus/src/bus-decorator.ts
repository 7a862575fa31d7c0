import type { BusRecord, DeadLetters, GroupLag, MessageBus, Subscription, SubscriptionOptions } from './message-bus.port.js';

/** A bus around another one, which answers whatever the decorator leaves as it is. */
export abstract class BusDecorator implements MessageBus {
  constructor(protected readonly bus: MessageBus) {}

  get deadLetters(): DeadLetters {
    return this.bus.deadLetters;
  }

  publish(topic: string, records: readonly BusRecord[]): Promise<void> {
    return this.bus.publish(topic, records);
  }

  subscribe(options: SubscriptionOptions): Promise<Subscription> {
    return this.bus.subscribe(options);
  }

  lag(): Promise<readonly GroupLag[]> {
    return this.bus.lag();
  }

  ping(): Promise<void> {
    return this.bus.ping();
  }

  close(): Promise<void> {
    return this.bus.close();
  }
}
