import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@brain/testing';
import { firstCredentials, productAt, ROOT, type Product } from './product.js';

const START = 'infra/local/dist/start/main.js';
const READY_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;

/** The product as a user runs it: `npm start`'s program in a folder of its own, on free ports. */
export interface RunningProduct extends Product {
  /** Ends the process of a service as a crash would. */
  kill(service: string): Promise<void>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly demo?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** For those who must know the address before; else any free one. */
  readonly httpPort?: number;
  /** One of the caller's, kept when the product stops; else one of its own, removed then. */
  readonly dataDir?: string;
  /** Another checkout that is built, for comparisons; else this one. */
  readonly checkout?: string;
}

/** It ends with this process, whichever way that ends. A start that fails leaves nothing behind. */
export async function startProduct(options: ProductOptions = {}): Promise<RunningProduct> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'brain-')));
  const removeData = async () => {
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  const [httpPort, mqttPort, mqttsPort] = [options.httpPort ?? (await freePort()), await freePort(), await freePort()];
  const ports = ['--http-port', String(httpPort), '--mqtt-port', String(mqttPort), '--mqtts-port', String(mqttsPort)];
  const args = ['--data', dataDir, ...ports];
  const { checkout = ROOT } = options;
  const child = fork(path.join(checkout, START), [...args, ...(options.demo === true ? [] : ['--no-demo'])], {
    silent: true,
    cwd: checkout,
    env: { ...process.env, ...options.env },
  });
  try {
    await untilReady(child);
  } catch (error) {
    await ended(child);
    await removeData();
    throw error;
  }
  const place = {
    url: `http://127.0.0.1:${String(httpPort)}`,
    mqttUrl: `mqtt://127.0.0.1:${String(mqttPort)}`,
    mqttsUrl: `mqtts://127.0.0.1:${String(mqttsPort)}`,
    dataDir,
  };
  return {
    ...productAt(place, await firstCredentials(place), options.env),
    kill: (service) => killService(dataDir, service),
    stop: async () => {
      await ended(child);
      await removeData();
    },
  };
}

function untilReady(child: ChildProcess): Promise<void> {
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`The product was not ready in time:\n${output.join('')}`)), READY_LIMIT_MS);
    child.once('message', () => {
      clearTimeout(limit);
      resolve();
    });
    child.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`The product ended with ${String(code)}:\n${output.join('')}`));
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exit;
  clearTimeout(limit);
}

/** As a crash would: no signal handler runs. The supervisor writes each service's process id beside its log. */
export async function killService(dataDir: string, service: string): Promise<void> {
  const pid = Number(await readFile(path.join(dataDir, 'logs', `${service}.pid`), 'utf8'));
  process.kill(pid, 'SIGKILL');
}
