import { SERVICES, type ServiceName } from '@brain/contracts';
import type { LocalStack } from '../api/running-stack.js';
import { dataFolder, openDataFolder, releaseDataFolder, type DataFolder } from './data-folder.js';
import { DatabaseServer } from './database-server.js';
import { localEngines } from './engines.js';
import { GivenDatabase, givenServer } from './given-database.js';
import type { StartOptions } from './options.js';
import { requireNoOrphans } from './orphans.js';
import { freeLoopbackPort, requireFreePort } from './ports.js';
import { localCertificate } from './local-certificate.js';
import { provision } from './provision.js';
import { loadCredentials, loadKeys, loadSecrets, type Credential, type Secrets } from './secrets.js';
import { childSpec, type Surroundings } from './service-specs.js';
import { Supervisor } from './supervisor.js';
import { writeWhole } from './write-whole.js';

export interface RunningStack {
  readonly folder: DataFolder;
  readonly url: string;
  readonly mqttUrl: string;
  readonly mqttsUrl: string;
  readonly credentials: readonly Credential[];
  /** Made by this start; empty at most. */
  readonly freshCredentials: readonly Credential[];
  readonly supervisor: Supervisor;
  stop(): Promise<void>;
}

/** Everything of `npm start` but the demo: ports, folder, database, services in their own processes. */
export async function startStack(root: string, options: StartOptions, say: (line: string) => void): Promise<RunningStack> {
  const engines = localEngines(process.env);
  const given = givenServer(process.env);
  await requireNoOrphans(dataFolder(options.dataDir), say);
  await requireFreePort(options.httpPort, 'the dashboard', '--http-port');
  await requireFreePort(options.mqttPort, 'MQTT', '--mqtt-port');
  await requireFreePort(options.mqttsPort, 'MQTT over TLS', '--mqtts-port');
  const folder = await openDataFolder(options.dataDir);
  const started: (() => Promise<void> | void)[] = [() => releaseDataFolder(folder)];
  const stop = () => undoAll(started.splice(0).reverse());
  try {
    const secrets = loadSecrets(folder);
    const { credentials, fresh } = loadCredentials(folder);
    const keys = await loadKeys(folder);
    const certificate = await localCertificate(folder);

    const supervisor = new Supervisor(folder, say);
    const database = await openDatabase(given, folder, secrets, supervisor);
    await database.start();
    started.push(() => database.stop(), () => supervisor.stop());
    const masterKey = await provision((name) => database.url(name), secrets, engines, folder);

    say('Starting the services …');
    const around: Surroundings = {
      root,
      folder,
      options,
      secrets,
      keys,
      masterKey,
      certificate,
      postgres: database.address,
      ports: await servicePorts(options),
      mqttWsPort: await freeLoopbackPort(),
    };
    writeRuntime(folder, around, engines.eventStore.kind);
    const processes = SERVICES.map((service) => supervisor.add(childSpec(service, around)));
    for (const one of processes) one.start();
    await Promise.all(processes.map((one) => one.ready()));

    return {
      folder,
      url: `http://localhost:${String(options.httpPort)}`,
      mqttUrl: `mqtt://localhost:${String(options.mqttPort)}`,
      mqttsUrl: `mqtts://localhost:${String(options.mqttsPort)}`,
      credentials,
      freshCredentials: fresh,
      supervisor,
      stop,
    };
  } catch (error) {
    await stop().catch(() => undefined); // what went wrong first is what matters
    throw error;
  }
}

/** One's own server where one is named, and then nothing is started; else the embedded one. */
async function openDatabase(given: string | undefined, folder: DataFolder, secrets: Secrets, supervisor: Supervisor) {
  supervisor.say(given === undefined ? 'Starting PostgreSQL …' : `Using the PostgreSQL server at ${new URL(given).host} …`);
  if (given !== undefined) return new GivenDatabase(given);
  const embedded = new DatabaseServer(folder, secrets, await databasePort(), supervisor.say, supervisor.onLogChange);
  supervisor.watchLog(embedded.log);
  return embedded;
}

/** All of it, though one fails: what comes after must end all the same. */
async function undoAll(steps: readonly (() => Promise<void> | void)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const undo of steps) {
    try {
      await undo();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Any free one, unless somebody must know it before. */
async function databasePort(): Promise<number> {
  const given = process.env.BRAIN_POSTGRES_PORT;
  return given === undefined ? freeLoopbackPort() : Number(given);
}

async function servicePorts(options: StartOptions): Promise<Record<ServiceName, number>> {
  const ports: Partial<Record<ServiceName, number>> = {};
  for (const service of SERVICES) {
    ports[service] = service === 'operations-gateway' ? options.httpPort : await freeLoopbackPort();
  }
  return ports as Record<ServiceName, number>;
}

/** Where the command line finds a running stack. Removed when it stops. */
function writeRuntime(folder: DataFolder, around: Surroundings, eventStore: LocalStack['eventStore']): void {
  const runtime = {
    url: `http://127.0.0.1:${String(around.options.httpPort)}`,
    mqttUrl: `mqtt://127.0.0.1:${String(around.options.mqttPort)}`,
    postgres: around.postgres,
    postgresPort: Number(new URL(around.postgres).port || 5432),
    eventStore,
    pid: process.pid,
  };
  writeWhole(folder.runtime, `${JSON.stringify(runtime, null, 2)}\n`, 0o600);
}
