import { expect } from '@jest/globals';
import type { ApiClient } from '@brain/local/api-client';
import { importAreas, registerDevice, startProduct, type RunningProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';
import { testAuthority, type TestAuthority } from './certificates.js';
import { startMosquitto, type MosquittoServer } from './mosquitto-server.js';
import { SendingDevice, signIn, type Acknowledgement, type DeviceAccount } from './sending-device.js';
import { countsOf, storedTimes } from './stored-readings.js';

export const PATIENT = { timeoutMs: 60_000, everyMs: 200 };

/** A whole product behind a real Mosquitto. */
export class ProductBehindMosquitto {
  /** Each test has a stretch of time of its own. */
  from = Date.now() - 86_400_000;
  readonly admin: ApiClient;

  private constructor(
    readonly authority: TestAuthority,
    readonly broker: MosquittoServer,
    readonly product: RunningProduct,
    /** Of sensor-ingestion, for one more process of it. */
    readonly settings: Readonly<Record<string, string>>,
  ) {
    this.admin = product.as('administrator');
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<ProductBehindMosquitto> {
    const authority = await testAuthority();
    let broker: MosquittoServer | undefined;
    try {
      broker = await startMosquitto({ tls: { ca: authority.ca, ...authority.server } });
      process.stderr.write(`Mosquitto ${broker.version} (${broker.source})\n`);
      const settings = {
        INGESTION_BROKER_URL: broker.url,
        INGESTION_BROKER_USERNAME: 'brain',
        INGESTION_BROKER_PASSWORD: 'a-password-for-tests',
        INGESTION_BROKER_ADMIN_USERNAME: broker.administrator.username,
        INGESTION_BROKER_ADMIN_PASSWORD: broker.administrator.password,
        INGESTION_SESSION_CHECK_MS: '200',
        INGESTION_RATE_LIMIT: 'off',
        ...env,
      };
      const started = new ProductBehindMosquitto(authority, broker, await startProduct({ env: settings }), settings);
      await importAreas(started.admin);
      return started;
    } catch (error) {
      await broker?.stop();
      authority.remove();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.product.stop();
    await this.broker.stop();
    this.authority.remove();
  }

  /** Registered, and known to the broker. */
  async newDevice(name: string): Promise<DeviceAccount> {
    const device = await registerDevice(this.admin, name);
    await eventually(async () => (await signIn(this.broker.url, device)).endAsync(), PATIENT);
    return device;
  }

  async newDevices(count: number, name: string): Promise<SendingDevice[]> {
    this.from += 1_000_000;
    const accounts = await Promise.all(Array.from({ length: count }, (_, index) => this.newDevice(`${name} ${String(index)}`)));
    return accounts.map((account) => new SendingDevice(this.broker.url, account, this.from));
  }

  stored({ deviceId }: DeviceAccount): Promise<readonly number[]> {
    return storedTimes(this.admin, deviceId, this.from, this.from + 999_999);
  }

  /** Every acknowledged reading is there once, and the counts say the same. */
  async expectAllStored(devices: readonly SendingDevice[]): Promise<void> {
    for (const { account, acknowledged } of devices) {
      const sent = [...acknowledged.keys()];
      await eventually(async () => expect(await this.stored(account)).toEqual(sent), PATIENT);
      const counts = await countsOf(this.admin, account.deviceId);
      expect(counts.stored).toBe(sent.length);
      expect(counts.received).toBe(counts.stored + counts.duplicates + counts.refused);
    }
  }

  /** Those acknowledged readings are there that the rule names, none twice; gives how many of the others are lost. */
  async expectStored(devices: readonly SendingDevice[], mustBe: (acknowledgement: Acknowledgement) => boolean): Promise<number> {
    let lost = 0;
    for (const { account, acknowledged } of devices) {
      const wanted = [...acknowledged].filter(([, acknowledgement]) => mustBe(acknowledgement)).map(([ts]) => ts);
      await eventually(async () => expect(await this.stored(account)).toEqual(expect.arrayContaining(wanted)), PATIENT);
      const times = await this.stored(account);
      expect(new Set(times).size).toBe(times.length);
      const counts = await countsOf(this.admin, account.deviceId);
      expect(counts.received).toBe(counts.stored + counts.duplicates + counts.refused);
      lost += acknowledged.size - times.length;
    }
    return lost;
  }
}

export function topicOf({ deviceId }: DeviceAccount): string {
  return `devices/${deviceId}/telemetry`;
}

export function reading(ts: number): string {
  return JSON.stringify({ ts, values: { n: ts } });
}

export function acknowledgedSoFar(devices: readonly SendingDevice[]): number {
  return devices.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
}

export async function moreAcknowledged(devices: readonly SendingDevice[], count: number): Promise<void> {
  const before = acknowledgedSoFar(devices);
  await eventually(() => expect(acknowledgedSoFar(devices)).toBeGreaterThanOrEqual(before + count), PATIENT);
}
