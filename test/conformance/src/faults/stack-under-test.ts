import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SERVICES, VARIABLE_PREFIX, type ServiceName } from '@brain/contracts';
import type { ApiClient } from '@brain/local/api-client';
import { applyTopics } from '@brain/message-bus/kafka';
import { startProduct, type RunningProduct } from '@brain/test-e2e';
import { eventually, freePort } from '@brain/testing';
import { startKafka, type KafkaServer } from '../kafka/kafka-server.js';
import { TcpProxy } from '../network/tcp-proxy.js';
import { brokerDoor, listenerDoor, type DeviceDoor } from './device-door.js';
import { MosquittoUnderTest } from './mosquitto-under-test.js';

export type Bus = 'postgres' | 'kafka';

export interface KafkaUnderTest {
  readonly server: KafkaServer;
  readonly link: TcpProxy;
}

/** The whole product with a proxy on each of its links: service to PostgreSQL, services to Kafka and Mosquitto, devices to MQTT. */
export class StackUnderTest {
  private constructor(
    readonly product: RunningProduct,
    /** Service to PostgreSQL. */
    readonly links: ReadonlyMap<ServiceName, TcpProxy>,
    /** Devices to the MQTT listener, or to Mosquitto. */
    readonly devices: TcpProxy,
    readonly kafka: KafkaUnderTest | undefined,
    /** Between the devices and sensor-ingestion, with Kafka. */
    readonly mosquitto: MosquittoUnderTest | undefined,
    private readonly postgresPort: number,
  ) {}

  static async start(bus: Bus, env: Readonly<Record<string, string>>): Promise<StackUnderTest> {
    const started: (() => Promise<void>)[] = [];
    try {
      const postgresPort = await freePort();
      const links = new Map<ServiceName, TcpProxy>();
      for (const service of SERVICES) links.set(service, await TcpProxy.start(() => postgresPort));
      started.push(() => stopAll(links.values()));
      const kafka = bus === 'kafka' ? await kafkaBehindProxy() : undefined;
      if (kafka !== undefined) started.push(() => stopKafka(kafka));
      const mosquitto = bus === 'kafka' ? await MosquittoUnderTest.start() : undefined;
      if (mosquitto !== undefined) started.push(() => mosquitto.stop());
      const product = await startProduct({
        env: { ...env, ...mosquitto?.variables, BRAIN_POSTGRES_PORT: String(postgresPort), ...databasePorts(links), ...kafkaVariables(kafka) },
      });
      started.push(() => product.stop());
      const devices = await TcpProxy.start(() => mosquitto?.port ?? Number(new URL(product.mqttUrl).port));
      return new StackUnderTest(product, links, devices, kafka, mosquitto, postgresPort);
    } catch (error) {
      for (const stop of started.reverse()) await stop();
      throw error;
    }
  }

  get admin(): ApiClient {
    this.#admin ??= this.product.as('administrator');
    return this.#admin;
  }
  #admin: ApiClient | undefined;

  get door(): DeviceDoor {
    const url = `mqtt://127.0.0.1:${String(this.devices.port)}`;
    return this.mosquitto === undefined ? listenerDoor(url) : brokerDoor(url);
  }

  /** Of the superuser, past every proxy. */
  get databaseUrl(): string {
    const file = path.join(this.product.dataDir, 'secrets.json');
    const { postgresPassword } = JSON.parse(readFileSync(file, 'utf8')) as { postgresPassword: string };
    return `postgres://postgres:${encodeURIComponent(postgresPassword)}@127.0.0.1:${String(this.postgresPort)}/brain`;
  }

  /** kill -9 of the postmaster: the next start recovers from the log. */
  killPostgres(): void {
    const note = readFileSync(path.join(this.product.dataDir, 'postgres/postmaster.pid'), 'utf8');
    process.kill(Number(note.split('\n')[0]), 'SIGKILL');
  }

  /** Until every service and every engine says so. */
  ready(timeoutMs: number): Promise<void> {
    return eventually(
      async () => {
        const answer = await fetch(`${this.product.url}/readyz`);
        if (answer.status !== 200) throw new Error(`Not ready: ${await answer.text()}`);
      },
      { timeoutMs, everyMs: 100 },
    );
  }

  async stop(): Promise<void> {
    await this.devices.stop();
    await this.product.stop();
    await this.mosquitto?.stop();
    if (this.kafka !== undefined) await stopKafka(this.kafka);
    await stopAll(this.links.values());
  }
}

async function kafkaBehindProxy(): Promise<KafkaUnderTest> {
  let port: number | undefined;
  const link = await TcpProxy.start(() => port);
  try {
    const server = await startKafka({ version: '4', advertisedPorts: [link.port] });
    port = Number(server.brokers[0]?.split(':')[1]);
    await applyTopics({ brokers: [`127.0.0.1:${String(link.port)}`] });
    return { server, link };
  } catch (error) {
    await link.stop();
    throw error;
  }
}

function databasePorts(links: ReadonlyMap<ServiceName, TcpProxy>): Record<string, string> {
  return Object.fromEntries([...links].map(([service, { port }]) => [`${VARIABLE_PREFIX[service]}_DATABASE_PORT`, String(port)]));
}

function kafkaVariables(kafka: KafkaUnderTest | undefined): Record<string, string> {
  if (kafka === undefined) return {};
  return { BRAIN_BUS: 'kafka', BRAIN_KAFKA_BROKERS: `127.0.0.1:${String(kafka.link.port)}` };
}

async function stopKafka({ server, link }: KafkaUnderTest): Promise<void> {
  await server.stop();
  await link.stop();
}

async function stopAll(proxies: Iterable<TcpProxy>): Promise<void> {
  for (const proxy of proxies) await proxy.stop();
}
