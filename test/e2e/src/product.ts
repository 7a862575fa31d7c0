import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Role } from '@brain/contracts';
import { ApiClient } from '@brain/local/api-client';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface Credential {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
}

/** Where a product that runs is reached. */
export interface ProductPlace {
  readonly url: string;
  readonly mqttUrl: string;
  readonly mqttsUrl: string;
  readonly dataDir: string;
}

/** A product that runs, as its users see it. */
export interface Product extends ProductPlace {
  credential(role: Role): Credential;
  as(role: Role): ApiClient;
  /** Runs `npm run brain -- …` against it and gives what it printed. */
  brain(...args: string[]): Promise<{ readonly code: number; readonly output: string }>;
}

/** `env`: what `npm run brain` is given beside our own. */
export function productAt(place: ProductPlace, credentials: readonly Credential[], env: NodeJS.ProcessEnv = {}): Product {
  const credential = (role: Role): Credential => {
    const found = credentials.find((one) => one.role === role);
    if (found === undefined) throw new Error(`No account has the role ${role}`);
    return found;
  };
  return {
    ...place,
    credential,
    as: (role) => new ApiClient(place.url, credential(role)),
    brain: (...words) => runBrain(place.dataDir, words, { ...process.env, ...env }),
  };
}

/** The first accounts, one per role. */
export async function firstCredentials({ dataDir }: ProductPlace): Promise<readonly Credential[]> {
  return JSON.parse(await readFile(path.join(dataDir, 'credentials.json'), 'utf8')) as Credential[];
}

function runBrain(dataDir: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  const child = fork(path.join(ROOT, 'infra/local/dist/brain/main.js'), ['--data', dataDir, ...words], { silent: true, cwd: ROOT, env });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code: code ?? 1, output: output.join('') })));
}
