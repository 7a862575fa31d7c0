import { setTimeout as pause } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import type { Acknowledgement, DeviceAccount } from '../mosquitto/sending-device.js';
import type { DeviceDoor } from './device-door.js';

const PAUSE_MS = 200;
/** Readings of one breach, and of the calm after it. */
const BREACH_LENGTH = 15;
const DAY_MS = 86_400_000;

export interface SentReading {
  readonly n: number;
  readonly ts: number;
  readonly temperature: number;
  /** What must become of it. */
  readonly fate: 'stored' | 'refused';
  /** null: not yet. */
  acknowledgement: Acknowledgement | null;
}

export type DeviceClock = 'right' | 'ahead' | 'behind';

/**
 * A real MQTT client that counts: every reading has a number and a time of its own, QoS 1, sent again by the client
 * after a lost connection until it is acknowledged. One that breaches goes above 60 °C and below again, over and over.
 */
export class LoadDevice {
  readonly sent: SentReading[] = [];
  clock: DeviceClock = 'right';
  private readonly client: MqttClient;
  private readonly loop: Promise<void>;
  private isStopping = false;
  private lastTs = 0;

  private connectedAt = 0;

  constructor(
    private readonly door: DeviceDoor,
    private readonly account: DeviceAccount,
    private readonly breaches: boolean,
  ) {
    this.client = mqtt.connect(door.url, {
      ...door.signIn(account),
      clientId: account.deviceId,
      clean: false,
      protocolVersion: 4,
      reconnectPeriod: 300,
      reconnectOnConnackError: true,
      connectTimeout: 10_000,
      keepalive: 10,
    });
    this.client.on('error', () => undefined); // the client tries again by itself
    this.client.on('connect', () => (this.connectedAt = Date.now()));
    this.loop = this.run();
  }

  get deviceId(): string {
    return this.account.deviceId;
  }

  get acknowledged(): number {
    return this.sent.reduce((sum, { acknowledgement }) => sum + (acknowledgement === null ? 0 : 1), 0);
  }

  /** Resolves when nothing is left unacknowledged. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.loop;
    await this.client.endAsync(true);
  }

  /** At once, whatever is under way. */
  drop(): void {
    this.isStopping = true;
    this.client.end(true);
  }

  private async run(): Promise<void> {
    // A breach that has begun is ended, so that every one can be counted.
    while (!this.isStopping || this.isInBreach()) {
      const reading = this.nextReading();
      this.sent.push(reading);
      const { n, ts, temperature } = reading;
      const sentAt = Date.now();
      await this.client.publishAsync(this.door.topicOf(this.account), JSON.stringify({ ts, values: { n, temperature } }), { qos: 1 });
      reading.acknowledgement = { connectedAt: this.connectedAt, sentAt, at: Date.now() };
      await pause(PAUSE_MS);
    }
  }

  private isInBreach(): boolean {
    return this.breaches && this.sent.length % (2 * BREACH_LENGTH) !== 0;
  }

  private nextReading(): SentReading {
    const n = this.sent.length;
    const isHot = this.breaches && n % (2 * BREACH_LENGTH) < BREACH_LENGTH;
    this.lastTs = Math.max(this.lastTs + 1, Date.now());
    const own = { n, temperature: isHot ? 70 : 20, acknowledgement: null };
    switch (this.clock) {
      case 'right':
        return { ...own, ts: this.lastTs, fate: 'stored' };
      case 'ahead':
        return { ...own, ts: this.lastTs + DAY_MS, fate: 'refused' };
      case 'behind':
        return { ...own, ts: this.lastTs - 30 * DAY_MS, fate: 'stored' };
    }
  }

  /** First and last time of each breach, as far as the readings tell. */
  breachesSent(): readonly { readonly from: number; readonly to: number }[] {
    if (!this.breaches) return [];
    const found: { from: number; to: number }[] = [];
    for (let start = 0; start < this.sent.length; start += 2 * BREACH_LENGTH) {
      const hot = this.sent.slice(start, start + BREACH_LENGTH);
      const [first, last] = [hot[0], hot.at(-1)];
      if (first !== undefined && last !== undefined) found.push({ from: first.ts, to: last.ts });
    }
    return found;
  }
}
