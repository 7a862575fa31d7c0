import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { isDomainError } from '@brain/contracts';
import { aborted, BackgroundTask, Database, LOGGER, Metrics, outageLog, Readiness, type ReadinessEntry } from '@brain/service-kit';
import type { IPublishPacket } from 'mqtt';
import type { Logger } from 'pino';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import { brokerAddress, type BrokerAddress } from './broker-address.js';
import { BrokerIntake } from './broker-intake.js';
import { BrokerDevices } from './broker-devices.js';
import { BrokerRegistry } from './broker-registry.js';
import { BrokerSession } from './broker-session.js';
import { subscriptionsOf } from './broker-topic.js';
import { openClient } from './open-client.js';
import { shareSessions } from './session-leases.js';

/** Sensor-ingestion as a client of an external broker, on its share of the persistent sessions. */
@Injectable()
export class BrokerSubscriber implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sessions = new Map<number, BackgroundTask>();
  private readonly open = new Set<number>();
  private readonly tasks: readonly BackgroundTask[];
  private readonly openSessions;
  private everOpen = false;

  constructor(
    @Inject(INGESTION_SETTINGS) private readonly settings: IngestionSettings,
    private readonly database: Database,
    private readonly intake: BrokerIntake,
    private readonly devices: BrokerDevices,
    private readonly registry: BrokerRegistry,
    private readonly readiness: Readiness,
    metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.openSessions = metrics.gauge('brain_broker_sessions', 'Sessions at the external MQTT broker that this process holds');
    this.tasks = [
      new BackgroundTask('broker/sessions', logger, (signal, healthy) => this.hold(signal, healthy)),
      new BackgroundTask('broker/device-check', logger, (signal, healthy) => this.checkDevices(signal, healthy)),
    ];
  }

  /** @throws DomainError when the broker is there and does not want us; one that is not there is waited for */
  async onApplicationBootstrap(): Promise<void> {
    const address = brokerAddress(this.settings);
    if (address === undefined) return;
    this.readiness.add('mqtt-broker', () => this.state());
    await this.registry.start();
    try {
      await (await openClient(address, { clean: true })).endAsync();
    } catch (error) {
      if (isDomainError(error)) throw error;
      outageLog(this.logger).failed('mqtt broker', error, 'the mqtt broker is not reachable yet');
    }
    for (const task of this.tasks) task.start();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.settings.INGESTION_BROKER_URL === undefined) return;
    await Promise.all(this.tasks.map((task) => task.stop()));
    await this.registry.stop();
  }

  private hold(signal: AbortSignal, healthy: () => void): Promise<void> {
    const { INGESTION_BROKER_GROUP: group, INGESTION_BROKER_SESSIONS: places } = this.settings;
    const address = brokerAddress(this.settings);
    if (address === undefined) return Promise.resolve();
    const holder = { start: (place: number) => this.start(address, place), stop: (place: number) => this.stop(place) };
    return shareSessions(this.database, group, places, holder, signal, healthy);
  }

  private start(address: BrokerAddress, place: number): void {
    const { INGESTION_BROKER_GROUP: group, INGESTION_BROKER_SESSIONS: sessions, INGESTION_BROKER_RECEIVE_MAX: receiveMaximum } = this.settings;
    const clientId = `${group}-${String(place)}`;
    const subscriptions = subscriptionsOf(group, sessions);
    const task = new BackgroundTask(`broker/session-${String(place)}`, this.logger, async (signal, healthy) => {
      const take = (packet: IPublishPacket) => this.intake.take(clientId, packet);
      try {
        await new BrokerSession(address, { clientId, subscriptions, receiveMaximum, take }).run(signal, () => {
          this.opened(place);
          healthy();
        });
      } catch (error) {
        if (isDomainError(error) && !this.everOpen) stopProcess(error);
        throw error;
      } finally {
        this.open.delete(place);
        this.openSessions.set(this.open.size);
      }
    });
    this.sessions.set(place, task);
    task.start();
  }

  private async stop(place: number): Promise<void> {
    await this.sessions.get(place)?.stop();
    this.sessions.delete(place);
  }

  private opened(place: number): void {
    this.everOpen = true;
    this.open.add(place);
    this.openSessions.set(this.open.size);
    this.logger.info({ session: place }, 'broker session open');
  }

  private state(): ReadinessEntry {
    const closed = [...this.sessions].filter(([place]) => !this.open.has(place));
    const fault = closed.map(([, task]) => task.lastError).find((error) => error !== undefined) ?? this.registry.fault;
    if (fault !== undefined) return { ready: false, detail: fault };
    if (closed.length > 0) return { ready: false, detail: 'connecting' };
    return { ready: true }; // also with no session: then the other processes have them all
  }

  private async checkDevices(signal: AbortSignal, healthy: () => void): Promise<void> {
    while (!signal.aborted) {
      await this.devices.refresh();
      healthy();
      await aborted(signal, this.settings.INGESTION_SESSION_CHECK_MS);
    }
  }
}

/** The broker came up after us and does not want us: as at the start, one line and the end. */
function stopProcess(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
