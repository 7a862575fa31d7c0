import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const BRAIN = path.join(ROOT, 'infra/local/dist/brain/main.js');
const READY_LIMIT_MS = 60_000;

export interface WitnessOptions {
  /** Its key and its memory. */
  readonly state: string;
  readonly logVkey: string;
  readonly port: number;
}

/** `npm run brain -- witness` as a process of its own. */
export interface RunningWitness {
  readonly vkey: string;
  readonly url: string;
  /** All that it printed. */
  said(): string;
  /** As a crash would: no signal handler runs. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startWitness({ state, logVkey, port }: WitnessOptions): Promise<RunningWitness> {
  const address = `127.0.0.1:${String(port)}`;
  const child = fork(BRAIN, ['witness', '--state', state, '--log', logVkey, '--listen', address], { silent: true, cwd: ROOT });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const said = (): string => output.join('');
  return {
    vkey: await vkeyOf(child, said),
    url: `http://${address}`,
    said,
    kill: () => ended(child, 'SIGKILL'),
    stop: () => ended(child, 'SIGTERM'),
  };
}

/** It says its key once it listens. */
function vkeyOf(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The witness was not ready in time:\n${said()}`));
    }, READY_LIMIT_MS);
    child.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`The witness ended with ${String(code)}:\n${said()}`));
    });
    child.stdout?.on('data', () => {
      const vkey = /^Witness (\S+)\nlistens on /m.exec(said())?.[1];
      if (vkey === undefined) return;
      clearTimeout(limit);
      resolve(vkey);
    });
  });
}

async function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
