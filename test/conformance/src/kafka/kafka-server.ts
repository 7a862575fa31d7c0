import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually, freePort, tempDir } from '@brain/testing';
import { Kafka, logLevel } from 'kafkajs';
import { kafkaJars, type KafkaLine } from './kafka-jars.js';
import { formatStorage, KafkaProcess } from './kafka-process.js';
import { kafkaProperties, type KafkaNode, type KafkaSecurity } from './kafka-properties.js';

export interface KafkaServerOptions extends KafkaSecurity {
  readonly version: KafkaLine;
  /** Default 1. */
  readonly brokers?: 1 | 3;
  /** Ports of proxies, one a broker, that clients are to use. */
  readonly advertisedPorts?: readonly number[];
  /** More of server.properties. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface KafkaServer {
  /** `host:port` of every broker. */
  readonly brokers: readonly string[];
  readonly version: string;
  /** SIGKILL; brokers are counted from 0. */
  kill(broker: number): Promise<void>;
  /** Starts a killed broker on its old data and port, and waits until it takes part. */
  restart(broker: number): Promise<void>;
  stop(): Promise<void>;
}

/** Real Apache Kafka in KRaft mode on loopback, from the jars of Maven Central; its data goes with it. */
export async function startKafka(options: KafkaServerOptions): Promise<KafkaServer> {
  const { version, classpath } = await kafkaJars(options.version);
  const dir = await tempDir('brain-kafka-');
  const nodes = await planNodes(dir.path, options.brokers ?? 1, options.advertisedPorts ?? []);
  const files = await prepare(classpath, nodes, options);
  const processes = files.map((file) => new KafkaProcess(classpath, file));
  const server: KafkaServer = {
    brokers: nodes.map(({ clientPort }) => `127.0.0.1:${String(clientPort)}`),
    version,
    kill: async (broker) => processes[broker]?.kill(),
    restart: async (broker) => {
      processes[broker] = new KafkaProcess(classpath, fileOf(files, broker));
      await untilReady(nodes, processes);
    },
    stop: async () => {
      await Promise.all(processes.map((process) => process.kill()));
      await dir.remove();
    },
  };
  try {
    await untilReady(nodes, processes);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function planNodes(root: string, count: number, advertised: readonly number[]): Promise<KafkaNode[]> {
  const nodes: KafkaNode[] = [];
  for (let id = 1; id <= count; id += 1) {
    const ports = [await freePort(), await freePort(), await freePort()] as const;
    const [clientPort, brokerPort, controllerPort] = ports;
    const advertisedPort = advertised[id - 1];
    const proxied = advertisedPort === undefined ? {} : { advertisedPort };
    nodes.push({ id, clientPort, ...proxied, brokerPort, controllerPort, dataDir: path.join(root, `data-${String(id)}`) });
  }
  return nodes;
}

async function prepare(classpath: string, nodes: readonly KafkaNode[], options: KafkaServerOptions): Promise<string[]> {
  const clusterId = `A${randomBytes(16).toString('base64url').slice(1)}`; // a leading dash would be an option
  return Promise.all(
    nodes.map(async (node) => {
      const file = `${node.dataDir}.properties`;
      await mkdir(node.dataDir, { recursive: true });
      await writeFile(file, kafkaProperties(node, nodes, options, options.settings ?? {}));
      await formatStorage(classpath, file, clusterId, options.users ?? {});
      return file;
    }),
  );
}

function fileOf(files: readonly string[], broker: number): string {
  const file = files[broker];
  if (file === undefined) throw new Error(`There is no broker ${String(broker)}`);
  return file;
}

/** Asked on the listener between the brokers, which needs no credentials. */
async function untilReady(nodes: readonly KafkaNode[], processes: readonly KafkaProcess[]): Promise<void> {
  const kafka = new Kafka({
    brokers: nodes.map(({ brokerPort }) => `127.0.0.1:${String(brokerPort)}`),
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  });
  const running = processes.filter(({ hasExited }) => !hasExited).length;
  await eventually(
    async () => {
      const ended = processes.filter(({ hasExited }) => hasExited);
      if (processes.length - ended.length < running) throw new Error(`Kafka ended: ${ended.map(({ log }) => log).join('\n')}`);
      const admin = kafka.admin();
      await admin.connect();
      try {
        const { brokers } = await admin.describeCluster();
        if (brokers.length < running) throw new Error(`${String(brokers.length)} of ${String(running)} brokers are up`);
      } finally {
        await admin.disconnect();
      }
    },
    { timeoutMs: 60_000, everyMs: 200 },
  );
}
