import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, chmod, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Role } from '@brain/contracts';
import { ApiClient } from '@brain/local/api-client';
import { freePort } from '@brain/testing';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const START = 'infra/local/dist/start/main.js';
const READY_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;

interface Credential {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
}

/** The product as a user runs it: `npm start`'s program in a folder of its own, on free ports. */
export interface RunningProduct {
  readonly url: string;
  readonly mqttUrl: string;
  readonly mqttsUrl: string;
  readonly dataDir: string;
  credential(role: Role): Credential;
  as(role: Role): ApiClient;
  /** Runs `npm run brain -- …` against it and gives what it printed. */
  brain(...args: string[]): Promise<{ readonly code: number; readonly output: string }>;
  /** Process ids of the supervised service. */
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

export async function startProduct(options: ProductOptions = {}): Promise<RunningProduct> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'brain-')));
  await chmod(dataDir, 0o755); // PostgreSQL runs as another user when we are root
  const [httpPort, mqttPort, mqttsPort] = [options.httpPort ?? (await freePort()), await freePort(), await freePort()];
  const ports = ['--http-port', String(httpPort), '--mqtt-port', String(mqttPort), '--mqtts-port', String(mqttsPort)];
  const args = ['--data', dataDir, ...ports];
  const { checkout = ROOT } = options;
  const child = fork(path.join(checkout, START), [...args, ...(options.demo === true ? [] : ['--no-demo'])], {
    silent: true,
    cwd: checkout,
    env: { ...process.env, ...options.env },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  await untilReady(child, output);

  const credentials = JSON.parse(await readFile(path.join(dataDir, 'credentials.json'), 'utf8')) as Credential[];
  const url = `http://127.0.0.1:${String(httpPort)}`;
  const credential = (role: Role): Credential => {
    const found = credentials.find((one) => one.role === role);
    if (found === undefined) throw new Error(`No first account has the role ${role}`);
    return found;
  };
  return {
    url,
    mqttUrl: `mqtt://127.0.0.1:${String(mqttPort)}`,
    mqttsUrl: `mqtts://127.0.0.1:${String(mqttsPort)}`,
    dataDir,
    credential,
    as: (role) => new ApiClient(url, credential(role)),
    brain: (...words) => runBrain(dataDir, words, { ...process.env, ...options.env }),
    kill: (service) => killService(dataDir, service),
    stop: async () => {
      await ended(child);
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function untilReady(child: ChildProcess, output: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The product was not ready in time:\n${output.join('')}`));
    }, READY_LIMIT_MS);
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
  if (child.exitCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exit;
  clearTimeout(limit);
}

function runBrain(dataDir: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  const child = fork(path.join(ROOT, 'infra/local/dist/brain/main.js'), ['--data', dataDir, ...words], { silent: true, cwd: ROOT, env });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code: code ?? 1, output: output.join('') })));
}

/** As a crash would: no signal handler runs. The supervisor writes each service's process id beside its log. */
async function killService(dataDir: string, service: string): Promise<void> {
  const pid = Number(await readFile(path.join(dataDir, 'logs', `${service}.pid`), 'utf8'));
  process.kill(pid, 'SIGKILL');
}
