import { Inject, Injectable } from '@nestjs/common';
import { isDomainError } from '@brain/contracts';
import { aborted, BackgroundTask, Database, LOGGER, Metrics, outageLog, underLease } from '@brain/service-kit';
import type { Logger } from 'pino';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import { administratorAddress, type BrokerAddress } from './broker-address.js';
import { BrokerTokens, type WaitingClient } from './broker-tokens.js';
import { DynsecClient } from './dynsec-client.js';
import { admit, admitService, dismiss, reconcile } from './dynsec-commands.js';

const RECONCILE_EVERY_MS = 10 * 60_000;

/**
 * Keeps Mosquitto's dynamic-security plugin in step with the device registry. One process at a time writes; it
 * compares everything when it begins and now and then, and in between tells what is new.
 */
@Injectable()
export class BrokerRegistry {
  private readonly address: BrokerAddress | undefined;
  private readonly task: BackgroundTask;
  private readonly missing;

  constructor(
    @Inject(INGESTION_SETTINGS) private readonly settings: IngestionSettings,
    private readonly database: Database,
    private readonly tokens: BrokerTokens,
    metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.address = administratorAddress(settings);
    this.missing = metrics.gauge('brain_broker_devices_missing', 'Devices that the broker does not let in until they get a new token');
    this.task = new BackgroundTask('broker/registry', logger, (signal, healthy) =>
      underLease(this.database, 'broker-registry', signal, (held) => this.write(held, healthy)),
    );
  }

  /** Why the broker is not told of our devices, if so. */
  get fault(): string | undefined {
    return this.task.lastError;
  }

  /** Lets ourselves in first, so that a new broker needs only its administrator. @throws DomainError when that is refused */
  async start(): Promise<void> {
    if (this.address === undefined) return;
    try {
      const dynsec = await DynsecClient.open(this.address);
      await this.admitOurselves(dynsec);
      await dynsec.close();
    } catch (error) {
      if (isDomainError(error)) throw error;
      outageLog(this.logger).failed('mqtt broker', error, 'the mqtt broker cannot be told of our devices yet');
    }
    this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  private async admitOurselves(dynsec: DynsecClient): Promise<void> {
    const { INGESTION_BROKER_USERNAME: username, INGESTION_BROKER_PASSWORD: password, INGESTION_BROKER_GROUP: group } = this.settings;
    const isAdministrator = username === this.settings.INGESTION_BROKER_ADMIN_USERNAME;
    if (username !== undefined && password !== undefined && !isAdministrator) {
      await dynsec.apply(admitService(username, password, group));
    }
  }

  private async write(signal: AbortSignal, healthy: () => void): Promise<void> {
    if (this.address === undefined) return;
    const dynsec = await DynsecClient.open(this.address);
    try {
      await this.admitOurselves(dynsec);
      for (let reconcileAt = 0; !signal.aborted; ) {
        if (!dynsec.isOpen) throw new Error('The connection to the MQTT broker ended');
        if (performance.now() >= reconcileAt) {
          await this.compare(dynsec);
          reconcileAt = performance.now() + RECONCILE_EVERY_MS;
        }
        for (const client of await this.tokens.waiting()) await this.tell(dynsec, client);
        healthy();
        await aborted(signal, this.settings.INGESTION_SESSION_CHECK_MS);
      }
    } finally {
      await dynsec.close().catch(() => undefined);
    }
  }

  private async tell(dynsec: DynsecClient, client: WaitingClient): Promise<void> {
    const { deviceId, isRetired, token, rotation } = client;
    if (isRetired) await dynsec.apply(dismiss(deviceId));
    else if (token !== undefined) await dynsec.apply(admit(deviceId, token, rotation));
    else this.logger.error({ deviceId }, 'the administrator password changed before the broker got this token: make a new token');
    await this.tokens.told(client);
  }

  private async compare(dynsec: DynsecClient): Promise<void> {
    // The broker first: a device that comes in between is then in ours at least, and not taken away.
    const clients = await dynsec.clients();
    const { commands, missing } = reconcile(await this.tokens.registered(), clients);
    await dynsec.apply(commands);
    this.missing.set(missing.length);
    if (missing.length === 0) return;
    this.logger.warn({ devices: missing.length, examples: missing.slice(0, 5) }, 'devices the broker does not let in: make new tokens (POST /api/devices/…/token)');
  }
}
