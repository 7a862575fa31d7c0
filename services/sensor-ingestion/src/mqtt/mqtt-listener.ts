import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { aborted, BackgroundTask, Clock, LOGGER, outageLog, Readiness } from '@brain/service-kit';
import { Aedes, type AedesOptions, type Client } from 'aedes';
import type { Logger } from 'pino';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import type { RefusalCode } from '../telemetry/domain/refusal.js';
import { DevicePresence } from '../presence/device-presence.js';
import { answerInsteadOfEnding, askedTopic } from './answerable-packets.js';
import { BoundedConnection } from './bounded-connection.js';
import { DeviceDirectory } from './device-directory.js';
import { claimOf, type SignIn } from './device-sign-in.js';
import type { DeviceSession } from './device-session.js';
import { IngestionMetrics } from './ingestion-metrics.js';
import { MessageIntake } from './message-intake.js';
import { MqttDoors } from './mqtt-doors.js';
import { PacketFramer } from './packet-framer.js';

type Publish = Parameters<NonNullable<AedesOptions['authorizePublish']>>[1];

const IDENTIFIER_REJECTED = 2;
const SERVER_UNAVAILABLE = 3;
const BAD_USERNAME = 4;
const NOT_AUTHORIZED = 5;
const LONGEST_CLIENT_ID = 23 + 17;
const MOST_PACKET_IDS = 65_535;
const NOTHING = Buffer.alloc(0);

/** MQTT 3.1 and 3.1.1 for devices. Nothing is forwarded to anyone: what devices publish goes to the bus. */
@Injectable()
export class MqttListener implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sessions = new WeakMap<Client, DeviceSession>();
  private readonly connected = new Map<Client, DeviceSession>();
  /** They ask for a session to keep and give no name to find it by [MQTT-3.1.3-8]. */
  private readonly nameless = new WeakSet<Client>();
  /** PUBACKs go out in the order of the messages [MQTT-4.6.0-2], though these may become durable in another. */
  private readonly lastAck = new WeakMap<Client, Promise<unknown>>();
  private broker: Aedes | undefined;
  private readonly doors: MqttDoors;
  private readonly checks: BackgroundTask;

  constructor(
    @Inject(INGESTION_SETTINGS) private readonly settings: IngestionSettings,
    private readonly directory: DeviceDirectory,
    private readonly intake: MessageIntake,
    private readonly presence: DevicePresence,
    private readonly metrics: IngestionMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly readiness: Readiness,
    clock: Clock,
  ) {
    this.doors = new MqttDoors(settings, (socket, certificateName) => this.accept(socket, certificateName), clock, logger);
    this.checks = new BackgroundTask('mqtt/session-check', logger, (signal, healthy) => this.checkSessions(signal, healthy));
  }

  /** Where it listens, once started. */
  get port(): number {
    return this.doors.port;
  }

  get webSocketPort(): number {
    return this.doors.webSocketPort;
  }

  get tlsPort(): number | undefined {
    return this.doors.tlsPort;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.settings.INGESTION_LISTENER === 'off') return;
    this.broker = await this.openBroker();
    await this.doors.open();
    this.readiness.add('mqtt', () => this.doors.state);
    this.checks.start();
    this.logger.info({ mqttPort: this.port, webSocketPort: this.webSocketPort }, 'mqtt listening');
  }

  async onModuleDestroy(): Promise<void> {
    if (this.settings.INGESTION_LISTENER === 'off') return;
    await this.checks.stop();
    const { broker } = this;
    if (broker !== undefined) await new Promise<void>((resolve) => broker.close(() => resolve()));
    await this.doors.close();
  }

  private accept(socket: Duplex, certificateName: string | undefined): void {
    const framer = new PacketFramer(this.settings.INGESTION_PAYLOAD_MAX_BYTES);
    const client = this.broker?.handle(new BoundedConnection(socket, framer, certificateName));
    if (client !== undefined) answerInsteadOfEnding(client);
  }

  private async openBroker(): Promise<Aedes> {
    const broker = await Aedes.createBroker({
      maxClientsIdLength: LONGEST_CLIENT_ID,
      // As many as a client can have under way: beyond a limit the connection would end without an answer.
      maxInflightInbound: MOST_PACKET_IDS,
      preConnect: (client, packet, done) => {
        // Client ids are the devices' own: one must not end another's session by using its id.
        if (packet.clientId !== '') packet.clientId = `${shortHash(certificateNameOf(client) ?? packet.username ?? '')}/${packet.clientId}`;
        else if (!packet.clean) this.nameless.add(client);
        done(null, true);
      },
      authenticate: (client, username, password, done) => {
        this.signIn(client, { username, password: password?.toString(), certificateName: certificateNameOf(client) }).then(
          () => done(null, true),
          (error: unknown) => {
            done(error instanceof ConnectError ? error : this.cannotTell(error), false);
          },
        );
      },
      authorizePublish: (client, packet, done) => {
        this.publish(client, packet).then(
          () => done(null),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
      // Nothing is ever sent to a device, so none is told that something would come.
      authorizeSubscribe: (_client, _subscription, done) => done(null, null),
      authorizeForward: () => null,
    });
    broker.on('clientReady', (client) => this.joined(client));
    broker.on('clientDisconnect', (client) => this.left(client));
    for (const event of ['clientError', 'connectionError'] as const) {
      broker.on(event, (client, error) => {
        this.logger.debug({ deviceId: this.sessions.get(client)?.deviceId, reason: error.message }, 'mqtt connection ended');
      });
    }
    return broker;
  }

  private async signIn(client: Client, given: SignIn): Promise<void> {
    if (this.nameless.has(client)) throw this.refuseConnection('CLIENT_ID_MISSING', IDENTIFIER_REJECTED);
    const claim = claimOf(given);
    if (claim.by === 'nothing') throw this.refuseConnection('TOKEN_MISSING', BAD_USERNAME);
    const session = await this.directory.signIn(claim);
    if (session === undefined) throw this.refuseConnection(claim.by === 'certificate' ? 'DEVICE_UNKNOWN' : 'TOKEN_UNKNOWN', NOT_AUTHORIZED);
    if (session.isRetired) throw this.refuseConnection('DEVICE_RETIRED', NOT_AUTHORIZED, session.deviceId);
    this.sessions.set(client, session);
  }

  /** Whether it may sign in cannot be told now: the device is told that, and not that its token is wrong. */
  private cannotTell(error: unknown): ConnectError {
    this.metrics.connectionsRefused.inc({ code: 'SIGN_IN_UNAVAILABLE' });
    outageLog(this.logger).failed('mqtt sign-in', error, 'a sign-in could not be checked: server unavailable');
    return new ConnectError('SIGN_IN_UNAVAILABLE', SERVER_UNAVAILABLE);
  }

  private refuseConnection(code: string, returnCode: number, deviceId?: string): ConnectError {
    this.metrics.connectionsRefused.inc({ code });
    this.logger.warn({ code, deviceId }, 'mqtt connection refused');
    return new ConnectError(code, returnCode);
  }

  private joined(client: Client): void {
    if (client.conn instanceof BoundedConnection) client.conn.letIn();
    const session = this.sessions.get(client);
    if (session === undefined) return;
    this.connected.set(client, session);
    this.metrics.clients.set(this.connected.size);
    this.presence.joined(session.deviceId);
  }

  private left(client: Client): void {
    const session = this.connected.get(client);
    if (session === undefined) return;
    this.connected.delete(client);
    this.metrics.clients.set(this.connected.size);
    this.presence.left(session.deviceId);
  }

  /** Runs before PUBACK: its rejection ends the connection without one, and the client sends again. */
  private async publish(client: Client | null, packet: Publish): Promise<void> {
    const session = client === null ? undefined : this.sessions.get(client);
    if (client === null || session === undefined) throw new Error('A publish without a session');
    const started = performance.now();
    this.metrics.received.inc();
    packet.retain = false; // nobody may read it back, so nothing is to be kept
    const previous = this.lastAck.get(client);
    const taken = this.take(client, session, packet);
    const inOrder = Promise.all([previous, taken]);
    this.lastAck.set(client, inOrder);
    const [, refusal] = await inOrder;
    packet.payload = NOTHING; // of QoS 2 it would be kept until the client releases it
    this.presence.seen(session.deviceId);
    this.metrics.acknowledged.inc();
    this.metrics.secondsToAck.observe((performance.now() - started) / 1000);
    if (refusal === 'DEVICE_RETIRED') setImmediate(() => client.close());
  }

  private async take(client: Client, session: DeviceSession, packet: Publish): Promise<RefusalCode | undefined> {
    const framer = client.conn instanceof BoundedConnection ? client.conn.framer : undefined;
    return this.intake
      .take(session, {
        clientId: client.id,
        topic: askedTopic(packet),
        payload: Buffer.from(packet.payload),
        packetId: packet.messageId,
        dup: packet.dup,
        cutBytes: framer !== undefined && packet.length === framer.cutLength ? framer.takeCut() : 0,
      })
      .catch((error: unknown) => {
        this.logger.error({ err: error, deviceId: session.deviceId }, 'a message could not be made durable: not acknowledged');
        throw error;
      });
  }

  private async checkSessions(signal: AbortSignal, healthy: () => void): Promise<void> {
    while (!signal.aborted) {
      const revoked = new Set(await this.directory.refresh([...this.connected.values()]));
      for (const [client, session] of this.connected) if (revoked.has(session)) client.close();
      healthy();
      await aborted(signal, this.settings.INGESTION_SESSION_CHECK_MS);
    }
  }
}

class ConnectError extends Error {
  constructor(
    message: string,
    readonly returnCode: number,
  ) {
    super(message);
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function certificateNameOf(client: Client): string | undefined {
  return client.conn instanceof BoundedConnection ? client.conn.certificateName : undefined;
}
