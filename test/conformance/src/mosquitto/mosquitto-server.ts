import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually, freePort } from '@brain/testing';
import { mosquittoPackage } from './mosquitto-package.js';

const SHIPPED_CONF = path.resolve(import.meta.dirname, '../../../../infra/mqtt/mosquitto/mosquitto.conf');
/** Paths and addresses of a container; everything else is as we ship it. */
const OF_THE_PLACE = /^(listener|certfile|keyfile|cafile|plugin|plugin_opt_config_file|persistence_location)\s/;

export interface MosquittoTls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export interface MosquittoServer {
  readonly url: string;
  readonly port: number;
  /** With client certificates: the common name is the user. */
  readonly tlsUrl: string | undefined;
  readonly version: string;
  readonly source: string;
  readonly administrator: { readonly username: string; readonly password: string };
  /** When everything that Mosquitto holds was last written to its file; 0: never. */
  savedAt(): number;
  /** kill -9 */
  kill(): Promise<void>;
  /** Starts again after kill(), on the same port and data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real Mosquitto on loopback with the settings of infra/mqtt, its dynamic security and persistence on. */
export async function startMosquitto(options: { readonly tls?: MosquittoTls } = {}): Promise<MosquittoServer> {
  const { version, source, plugin } = mosquittoPackage();
  const dir = mkdtempSync(path.join(tmpdir(), 'brain-mosquitto-'));
  const port = await freePort();
  const tlsPort = options.tls === undefined ? undefined : await freePort();
  const administrator = { username: 'admin', password: randomBytes(18).toString('base64url') };
  const security = path.join(dir, 'dynamic-security.json');
  const { status, stderr } = spawnSync('mosquitto_ctrl', ['dynsec', 'init', security, administrator.username, administrator.password], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mosquitto_ctrl dynsec init failed: ${stderr}`);

  const conf = path.join(dir, 'mosquitto.conf');
  const lines = [
    ...readFileSync(SHIPPED_CONF, 'utf8').split('\n').filter((line) => !OF_THE_PLACE.test(line)),
    'user root', // has no effect for others; for root it keeps the data ours
    `plugin ${plugin}`,
    `plugin_opt_config_file ${security}`,
    `persistence_location ${dir}/`,
    `listener ${String(port)} 127.0.0.1`,
    ...(options.tls === undefined ? [] : tlsLines(options.tls, tlsPort ?? 0)),
  ];
  writeFileSync(conf, `${lines.join('\n')}\n`);

  let child = await launch(conf, dir, port);
  return {
    url: `mqtt://127.0.0.1:${String(port)}`,
    port,
    tlsUrl: tlsPort === undefined ? undefined : `mqtts://127.0.0.1:${String(tlsPort)}`,
    version,
    source,
    administrator,
    savedAt: () => statSync(path.join(dir, 'mosquitto.db'), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    kill: () => ended(child, 'SIGKILL'),
    restart: async () => {
      child = await launch(conf, dir, port);
    },
    stop: async () => {
      await ended(child, 'SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function tlsLines({ ca, cert, key }: MosquittoTls, port: number): string[] {
  return [
    `listener ${String(port)} 127.0.0.1`,
    `cafile ${ca}`,
    `certfile ${cert}`,
    `keyfile ${key}`,
    'require_certificate true',
    'use_identity_as_username true',
  ];
}

async function launch(conf: string, dir: string, port: number): Promise<ChildProcess> {
  const child = spawn('mosquitto', ['-c', conf], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(path.join(dir, 'mosquitto.log'), { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  child.once('exit', () => log.end());
  await eventually(
    async () => {
      if (child.exitCode !== null) throw new Error(`Mosquitto ended with ${String(child.exitCode)}: ${readFileSync(path.join(dir, 'mosquitto.log'), 'utf8')}`);
      await reach(port);
    },
    { timeoutMs: 10_000 },
  );
  return child;
}

function reach(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}
