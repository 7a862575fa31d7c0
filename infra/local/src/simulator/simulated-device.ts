import { connect, type MqttClient } from 'mqtt';
import type { MetricValue } from '@brain/contracts';
import type { DeviceKind } from '../demo/device-kinds.js';
import { nextReading, type Chance } from './plausible-reading.js';

const TELEMETRY_TOPIC = 'v1/devices/me/telemetry';

/** One device as it would be in the field: its own MQTT connection, its own pace, reconnecting by itself. */
export class SimulatedDevice {
  private readonly client: MqttClient;
  private values: Record<string, MetricValue> = {};
  private faultUntil = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    mqttUrl: string,
    device: { readonly deviceId: string; readonly accessToken: string },
    private readonly kind: DeviceKind,
    private readonly chance: Chance,
  ) {
    this.client = connect(mqttUrl, {
      clientId: device.deviceId,
      username: device.accessToken,
      protocolVersion: 4,
      clean: true,
      keepalive: 60,
      reconnectPeriod: 2_000 + Math.floor(chance() * 3_000),
      reconnectOnConnackError: true,
      // What could not be sent is sent again on reconnect; more than a little of it would be a flood.
      queueQoSZero: false,
    });
    // A refused or lost connection is retried by the client; without a listener it would end the process.
    this.client.on('error', () => undefined);
    this.schedule(chance() * kind.everySeconds * 1000);
  }

  /** Shows the fault of its kind from the next reading on, at once. */
  break(now: number): void {
    this.faultUntil = now + this.kind.fault.lastsSeconds * 1000;
    this.schedule(0);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.client.endAsync(true);
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.publish(Date.now());
      this.schedule(this.kind.everySeconds * 1000 * (0.9 + 0.2 * this.chance()));
    }, delayMs);
  }

  private publish(now: number): void {
    if (!this.client.connected) return;
    this.values = nextReading(this.kind, this.values, now < this.faultUntil, this.chance);
    this.client.publish(TELEMETRY_TOPIC, JSON.stringify({ ts: now, values: this.values }), { qos: 1 });
  }
}
