import type { IPublishPacket, MqttClient } from 'mqtt';
import mqttPacket from 'mqtt-packet';
import type { BrokerAddress } from './broker-address.js';
import { subscriptionRefused } from './broker-refusal.js';
import type { Subscriptions } from './broker-topic.js';
import { openClient } from './open-client.js';

/** How long the broker keeps what we have not acknowledged when nobody holds the session. */
const KEPT_SECONDS = 7 * 86_400;

export interface SessionOptions {
  readonly clientId: string;
  readonly subscriptions: Subscriptions;
  readonly receiveMaximum: number;
  /** Resolves when the message is durable; its rejection ends the connection, so that the broker sends it again. */
  readonly take: (packet: IPublishPacket) => Promise<void>;
}

/**
 * One persistent session at the broker. PUBACK goes out when `take` has resolved, in the order of the messages
 * [MQTT-4.6.0-2], and while one waits the next are taken already: the client library alone would hand them over one
 * by one. Memory stays bounded because the broker sends no more than the receive maximum without PUBACKs.
 */
export class BrokerSession {
  private lastAck: Promise<unknown> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly address: BrokerAddress,
    private readonly options: SessionOptions,
  ) {}

  /**
   * Works until the signal or the end of the connection, which throws. `opened` is called once it receives: a kept
   * session does so at once, and its SUBACK comes behind all that the broker has kept for it.
   */
  async run(signal: AbortSignal, opened: () => void): Promise<void> {
    const open = once(opened);
    const { clientId, receiveMaximum, subscriptions } = this.options;
    let fail: (error: Error) => void = () => undefined;
    const broken = new Promise<never>((_resolve, reject) => (fail = reject));
    broken.catch(() => undefined);
    const session = { clientId, clean: false, properties: { sessionExpiryInterval: KEPT_SECONDS, receiveMaximum } };
    const client = await openClient(this.address, session, (opening) => {
      opening.on('packetreceive', (packet) => {
        if (packet.cmd !== 'publish') return;
        open();
        this.receive(opening, packet, fail);
      });
    });
    client.on('error', fail);
    client.on('close', () => fail(new Error('The connection to the MQTT broker ended')));
    const stopped = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      await Promise.race([this.subscribe(client, subscriptions).then(open), broken, stopped]);
      await Promise.race([stopped, broken]);
      await Promise.race([this.settle(), broken]);
    } finally {
      this.stopping = true;
      client.end(!signal.aborted); // politely when we leave: the broker then keeps the session for the next
    }
  }

  /** What came later is not taken and not acknowledged: the next holder of the session gets it. */
  private async settle(): Promise<void> {
    this.stopping = true;
    await this.lastAck;
  }

  private async subscribe(client: MqttClient, { wanted, unwanted }: Subscriptions): Promise<void> {
    for (const topic of wanted) {
      try {
        await client.subscribeAsync(topic, { qos: 1 });
      } catch (error) {
        // A SUBACK with a reason code; an error of the connection has no packet.
        const isRefusal = error instanceof Error && 'packet' in error;
        throw isRefusal ? subscriptionRefused(this.address.url, topic) : error;
      }
    }
    await client.unsubscribeAsync([...unwanted]);
  }

  private receive(client: MqttClient, packet: IPublishPacket, fail: (error: Error) => void): void {
    const { qos, messageId } = packet;
    // The library acknowledges QoS 1 by itself once its one message at a time is handled; for QoS 0 it does nothing.
    packet.qos = 0;
    if (this.stopping) return;
    const taken = this.options.take(packet);
    const inOrder = Promise.all([this.lastAck, taken]);
    this.lastAck = inOrder;
    inOrder.then(
      () => {
        if (qos === 1 && messageId !== undefined) acknowledge(client, messageId);
      },
      (error: unknown) => {
        this.stopping = true;
        fail(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }
}

function once(call: () => void): () => void {
  let called = false;
  return () => {
    if (!called) call();
    called = true;
  };
}

function acknowledge(client: MqttClient, messageId: number): void {
  if (client.stream.destroyed) return; // it will be sent again
  const protocolVersion = client.options.protocolVersion ?? 4;
  mqttPacket.writeToStream({ cmd: 'puback', messageId, reasonCode: 0 }, client.stream, { protocolVersion });
}
