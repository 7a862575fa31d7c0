import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TOPICS, type RefusedMessage, type TelemetryMessage } from '@brain/contracts';
import { MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import { Clock, InFlight, inSpan, LOGGER, newCorrelationId, RateLimiter } from '@brain/service-kit';
import type { Logger } from 'pino';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import { parseTelemetry, type TelemetryLimits } from '../telemetry/domain/parse-telemetry.js';
import { Refusal, type RefusalCode } from '../telemetry/domain/refusal.js';
import type { DeviceSession } from './device-session.js';
import { IngestionMetrics } from './ingestion-metrics.js';
import { topicRefusal } from './telemetry-topic.js';

const KEPT_PAYLOAD = 4096;
/** Encrypted, readings take a third more of a record of the bus. */
const LARGEST_WORN_PAYLOAD = 96 * 1024;
const NOT_PRINTABLE = /[\p{Cc}\p{Surrogate}]/gu;

export interface IncomingPublish {
  readonly clientId: string;
  readonly topic: string;
  readonly payload: Buffer;
  readonly packetId: number | undefined;
  readonly dup: boolean;
  /** Bytes of the payload that were not even read. */
  readonly cutBytes: number;
}

/** From a publish to the bus. When `take` resolves, the message is durable: as telemetry, or as refused. */
@Injectable()
export class MessageIntake {
  private readonly limits: TelemetryLimits;
  private readonly wornLimits: TelemetryLimits;
  private readonly inFlight: InFlight;
  private readonly limiters = new Map<string, RateLimiter>();

  constructor(
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(INGESTION_SETTINGS) private readonly settings: IngestionSettings,
    private readonly clock: Clock,
    private readonly metrics: IngestionMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.limits = {
      maxPayloadBytes: settings.INGESTION_PAYLOAD_MAX_BYTES,
      maxFutureMs: settings.INGESTION_FUTURE_MAX_SECONDS * 1000,
      maxAgeMs: settings.INGESTION_AGE_MAX_DAYS * 86_400_000,
    };
    this.wornLimits = { ...this.limits, maxPayloadBytes: Math.min(this.limits.maxPayloadBytes, LARGEST_WORN_PAYLOAD) };
    this.inFlight = new InFlight(settings.INGESTION_IN_FLIGHT_MAX);
  }

  /** Gives the code of a refusal. Rejects when the bus cannot take it: then it must not be acknowledged. */
  async take(session: DeviceSession, publish: IncomingPublish): Promise<RefusalCode | undefined> {
    const receivedAt = this.clock.millis();
    const correlationId = newCorrelationId();
    const { topic, value, refusal } = this.judge(session, publish, receivedAt, correlationId);
    const headers = { 'content-type': 'application/json', ce_correlationid: correlationId };
    await inSpan('receive mqtt', { kind: 'consumer', attributes: { 'messaging.system': 'mqtt', 'brain.device.id': session.deviceId } }, () =>
      this.inFlight.run(() => this.bus.publish(topic, [{ key: session.deviceId, headers, value }])),
    );
    this.logger.debug({ correlationId, deviceId: session.deviceId, refusal }, 'message is durable');
    if (refusal !== undefined) this.metrics.refused.inc({ code: refusal });
    return refusal;
  }

  /** A message that speaks for no device of ours: listed all the same. Rejects when the bus cannot take it. */
  async refuse(publish: IncomingPublish, refusal: Refusal): Promise<void> {
    const correlationId = newCorrelationId();
    const value = refusedMessage(null, publish, this.clock.millis(), correlationId, refusal);
    const headers = { 'content-type': 'application/json', ce_correlationid: correlationId };
    await this.inFlight.run(() => this.bus.publish(TOPICS.refused, [{ key: publish.topic, headers, value }]));
    this.metrics.refused.inc({ code: refusal.code });
  }

  private judge(session: DeviceSession, publish: IncomingPublish, receivedAt: number, correlationId: string) {
    try {
      return { topic: TOPICS.readings, value: this.accept(session, publish, receivedAt, correlationId), refusal: undefined };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { topic: TOPICS.refused, value: refusedMessage(session, publish, receivedAt, correlationId, error), refusal: error.code };
    }
  }

  private accept(session: DeviceSession, publish: IncomingPublish, receivedAt: number, correlationId: string): TelemetryMessage {
    if (!this.limiterOf(session.deviceId).allows(receivedAt)) throw new Refusal('RATE_LIMITED', 'The device sends too often');
    if (session.isRetired) throw new Refusal('DEVICE_RETIRED', 'The device is retired');
    const notHere = topicRefusal(publish.topic, session.deviceId);
    if (notHere !== undefined) throw new Refusal('TOPIC_NOT_ALLOWED', notHere, 'topic');
    const { readings, ownTime } = parseTelemetry(publish.payload, receivedAt, session.wearerId === null ? this.limits : this.wornLimits);
    return {
      messageId: randomUUID(),
      deviceId: session.deviceId,
      kind: session.kind,
      areaCode: session.areaCode,
      ...wornBy(session),
      receivedAt,
      correlationId,
      ownTime,
      resent: publish.dup,
      messageKey: messageKey(publish),
      readings: [...readings],
    };
  }

  private limiterOf(deviceId: string): RateLimiter {
    const known = this.limiters.get(deviceId);
    if (known !== undefined) return known;
    const limiter = new RateLimiter(this.settings.INGESTION_RATE_LIMIT, this.clock.millis());
    this.limiters.set(deviceId, limiter);
    return limiter;
  }
}

/** The same for a message and its resend, on whatever connection. */
function messageKey({ clientId, packetId, payload }: IncomingPublish): string {
  return createHash('sha256').update(`${clientId}\n${String(packetId)}\n`).update(payload).digest('base64url').slice(0, 22);
}

function refusedMessage(
  session: DeviceSession | null,
  { topic, payload, cutBytes }: IncomingPublish,
  receivedAt: number,
  correlationId: string,
  { code, detail, path }: Refusal,
): RefusedMessage {
  // A device that sends too often must not fill the list with payloads.
  const kept = code === 'RATE_LIMITED' ? payload.subarray(0, 0) : payload.subarray(0, KEPT_PAYLOAD);
  return {
    refusalId: randomUUID(),
    deviceId: session?.deviceId ?? null,
    areaCode: session?.areaCode ?? null,
    ...wornBy(session),
    topic: printable(topic, 500),
    code,
    detail,
    path: printable(path, 500),
    payload: kept.toString('base64'),
    sizeBytes: payload.length + cutBytes,
    receivedAt,
    correlationId,
  };
}

function wornBy(session: DeviceSession | null): { readonly wearerId?: string } {
  return session?.wearerId ? { wearerId: session.wearerId } : {};
}

function printable(text: string, length: number): string {
  return text.slice(0, length).replace(NOT_PRINTABLE, '\uFFFD');
}
