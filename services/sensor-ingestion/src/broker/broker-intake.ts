import { Injectable } from '@nestjs/common';
import type { IPublishPacket } from 'mqtt';
import { IngestionMetrics } from '../mqtt/ingestion-metrics.js';
import { MessageIntake, type IncomingPublish } from '../mqtt/message-intake.js';
import { DevicePresence } from '../presence/device-presence.js';
import { Refusal } from '../telemetry/domain/refusal.js';
import { BrokerDevices } from './broker-devices.js';
import { isStatus, ownerOf } from './broker-topic.js';

/** What comes from the broker takes the same way in as what comes from our own listener. */
@Injectable()
export class BrokerIntake {
  constructor(
    private readonly devices: BrokerDevices,
    private readonly intake: MessageIntake,
    private readonly presence: DevicePresence,
    private readonly metrics: IngestionMetrics,
  ) {}

  /** Resolves when the message is durable, as telemetry or as refused. */
  async take(clientId: string, packet: IPublishPacket): Promise<void> {
    const { topic } = packet;
    const owner = ownerOf(topic);
    const payload = Buffer.from(packet.payload);
    if (isStatus(topic)) {
      if (owner !== undefined) this.noteStatus(owner, payload.toString());
      return;
    }
    const started = performance.now();
    this.metrics.received.inc();
    const publish = { clientId, topic, payload, packetId: packet.messageId, dup: packet.dup, cutBytes: 0 };
    await this.store(owner, publish);
    this.metrics.acknowledged.inc();
    this.metrics.secondsToAck.observe((performance.now() - started) / 1000);
  }

  private async store(owner: string | undefined, publish: IncomingPublish): Promise<void> {
    const session = owner === undefined ? undefined : await this.devices.find(owner);
    if (session === undefined) {
      await this.intake.refuse(publish, new Refusal('DEVICE_UNKNOWN', 'There is no device of this id', 'topic'));
      return;
    }
    await this.intake.take(session, publish);
    if (!session.isRetired) this.presence.heard(session.deviceId);
  }

  /** What a device says of itself, or its last will in its name. */
  private noteStatus(deviceId: string, status: string): void {
    if (status === 'offline') this.presence.silent(deviceId);
    else this.presence.heard(deviceId);
  }
}
