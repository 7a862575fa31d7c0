import { setTimeout as pause } from 'node:timers/promises';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

export interface DeviceAccount {
  readonly deviceId: string;
  readonly accessToken: string;
}

/** Signed in at the broker: user name = device id, password = access token. */
export async function signIn(url: string, { deviceId, accessToken }: DeviceAccount, options: IClientOptions = {}): Promise<MqttClient> {
  const client = mqtt.connect(url, { username: deviceId, password: accessToken, reconnectPeriod: 0, connectTimeout: 5_000, ...options });
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('The broker closed the connection')));
    });
  } catch (error) {
    client.on('error', () => undefined);
    client.end(true);
    throw error;
  }
  return client;
}

/** Times of this machine, in ms since 1970. */
export interface Acknowledgement {
  /** When the connection was open that it came on. */
  readonly connectedAt: number;
  readonly sentAt: number;
  readonly at: number;
}

/** By the time of the reading. */
export type Acknowledged = Map<number, Acknowledgement>;

/**
 * A device that sends readings with times of their own, one after the other, and a reading again until the broker
 * has acknowledged it, on as many connections as that takes.
 */
export class SendingDevice {
  readonly acknowledged: Acknowledged = new Map();
  private stopping = false;
  /** A reading may have been sent and is not acknowledged. */
  private isOpen = false;
  private client: MqttClient | undefined;
  private connectedAt = 0;
  private readonly done: Promise<void>;

  constructor(
    private readonly url: string,
    readonly account: DeviceAccount,
    private nextTs: number,
    private readonly options: IClientOptions = {},
  ) {
    this.done = this.run();
  }

  /** Resolves when nothing is left unacknowledged. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.done;
    this.client?.end(true);
  }

  private async run(): Promise<void> {
    while (!this.stopping || this.isOpen) {
      this.isOpen = true;
      try {
        this.client ??= await this.connect();
        const sentAt = Date.now();
        const reading = JSON.stringify({ ts: this.nextTs, values: { n: this.nextTs } });
        await acknowledgedBy(this.client, `devices/${this.account.deviceId}/telemetry`, reading);
        this.acknowledged.set(this.nextTs, { connectedAt: this.connectedAt, sentAt, at: Date.now() });
        this.nextTs += 1;
        this.isOpen = false;
      } catch {
        this.client?.end(true);
        this.client = undefined;
        await pause(50); // as a device does: not at once again
      }
    }
  }

  private async connect(): Promise<MqttClient> {
    const client = await signIn(this.url, this.account, this.options);
    this.connectedAt = Date.now();
    client.on('error', () => undefined); // the publish under way fails too, and is repeated
    return client;
  }
}

/** The library alone would wait for ever for the acknowledgement of a connection that has ended. */
function acknowledgedBy(client: MqttClient, topic: string, reading: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('The connection ended'));
    client.once('close', ended);
    if (!client.connected) ended();
    client.publish(topic, reading, { qos: 1 }, (error) => {
      client.off('close', ended);
      if (error) reject(error);
      else resolve();
    });
  });
}
