import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLUGIN_PLACES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/local/lib'].map((dir) => `${dir}/mosquitto_dynamic_security.so`);

export interface MosquittoPackage {
  readonly version: string;
  readonly source: string;
  readonly plugin: string;
}

let found: MosquittoPackage | undefined;

/** Mosquitto of this machine; installed from Debian's packages when it is missing and we may. */
export function mosquittoPackage(): MosquittoPackage {
  found ??= find() ?? install();
  return found;
}

function install(): MosquittoPackage {
  if (process.getuid?.() !== 0) {
    throw new Error('Mosquitto is not installed, and only root can install it: apt-get install mosquitto mosquitto-clients');
  }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'mosquitto', 'mosquitto-clients']]) {
    const { status, stderr } = spawnSync('apt-get', ['-q', ...args], {
      encoding: 'utf8',
      // A broker of the system is not wanted, only its program.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${stderr}`);
  }
  const installed = find();
  if (installed === undefined) throw new Error('Mosquitto was installed and cannot be found');
  return { ...installed, source: `${installed.source}, installed now` };
}

function find(): MosquittoPackage | undefined {
  const { stdout, error } = spawnSync('mosquitto', ['-h'], { encoding: 'utf8' });
  if (error !== undefined) return undefined;
  const version = /mosquitto version (\S+)/.exec(stdout)?.[1] ?? 'unknown';
  const plugin = PLUGIN_PLACES.find((file) => existsSync(file));
  if (plugin === undefined) throw new Error(`Mosquitto ${version} is here, but not its dynamic-security plugin: apt-get install mosquitto`);
  const { stdout: debian } = spawnSync('dpkg-query', ['-W', '-f', '${Version}', 'mosquitto'], { encoding: 'utf8' });
  return { version, source: debian === '' ? 'this machine' : `Debian package ${debian}`, plugin };
}
