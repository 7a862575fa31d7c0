import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { DeliveredRecord, MessageBus, Subscription, SubscriptionOptions } from '../message-bus.port.js';
import { describeError } from '../describe-error.js';
import { handlerExtras } from './handler-extras.js';

export interface BusServerOptions {
  /** The group of every handler; `extras.group` is appended as `<service>.<group>`. */
  readonly service: string;
}

/**
 * Brings records to `@EventPattern(topic, { group?, batch?, startFrom?, retry? })` methods. The promise a method
 * returns decides: when it rejects, the same records come again. That is the bus's doing, never Nest's default.
 */
export class BusServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  readonly #wanted: SubscriptionOptions[] = [];
  #subscriptions: Subscription[] = [];

  constructor(
    private readonly bus: MessageBus,
    private readonly options: BusServerOptions,
  ) {
    super();
  }

  /** Not Nest's own: it would chain the handlers of a topic into one, so that one's failure repeats all. */
  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler = false, extras: unknown = {}): void {
    const topic = this.normalizePattern(pattern as string);
    if (!isEventHandler) throw new Error(`${topic}: the bus has no answers, use @EventPattern`);
    const { group, batch, ...rest } = handlerExtras(topic, extras);
    this.#want({
      ...rest,
      ...(batch === undefined ? {} : { maxBatch: batch }),
      group: group === undefined ? this.options.service : `${this.options.service}.${group}`,
      topics: [topic],
      handler: (records) => this.#deliver(topic, callback, records),
    });
    this.messageHandlers.set(topic, callback);
  }

  listen(callback: (error?: unknown) => void): void {
    this.#subscribeAll().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    const open = this.#subscriptions;
    this.#subscriptions = [];
    await Promise.all(open.map((subscription) => subscription.close()));
  }

  override on(): never {
    throw new Error('The bus has no events of its own');
  }

  override unwrap(): never {
    throw new Error('Inject MESSAGE_BUS instead');
  }

  async #deliver(topic: string, callback: MessageHandler, records: readonly DeliveredRecord[]): Promise<void> {
    try {
      await settle(callback, records);
    } catch (error) {
      const [first] = records;
      const where = `${topic}/${String(first?.partition)} at ${String(first?.offset)}, attempt ${String(first?.attempt)}`;
      this.logger.error(`Handling ${where} failed: ${describeError(error)}`);
      throw error;
    }
  }

  /** Two handlers in one group would each miss what the other gets. */
  #want(wanted: SubscriptionOptions): void {
    const clash = this.#wanted.find(({ group, topics }) => group === wanted.group && topics[0] === wanted.topics[0]);
    if (clash !== undefined) {
      throw new Error(`Two handlers of ${String(wanted.topics[0])} share the group ${wanted.group}: name { group }`);
    }
    this.#wanted.push(wanted);
  }

  async #subscribeAll(): Promise<void> {
    for (const wanted of this.#wanted) this.#subscriptions.push(await this.bus.subscribe(wanted));
  }
}

/** Nest hands errors on as a failing observable; one that completes empty is a handler that returned nothing. */
async function settle(callback: MessageHandler, records: readonly DeliveredRecord[]): Promise<void> {
  const result: unknown = await callback(records, undefined);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
