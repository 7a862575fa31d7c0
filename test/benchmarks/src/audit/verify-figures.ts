import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunningProduct } from '@brain/test-e2e';
import { print } from '../figures.js';
import { runBrain } from './brain-run.js';
import { say } from './say.js';

/** The whole log as a folder, with the key that was asked for before, against `sha256` over the same files. */
export async function verifyFigures(product: RunningProduct): Promise<void> {
  say('brain verify of the whole log');
  const vkey = (await (await fetch(`${product.url}/api/audit/log/vkey`)).text()).trim();
  const folder = path.join(product.dataDir, 'log');
  const hashing = await hashAll(path.join(folder, 'tile'));
  const { code, output, seconds } = await runBrain(product.dataDir, ['verify', folder, '--vkey', vkey]);
  if (code !== 0) throw new Error(`The log was not proven:\n${output}`);
  const entries = Number(/of ([\d,]+) entries/.exec(output)?.[1]?.replaceAll(',', ''));
  const baseline = { what: 'SHA-256 over the same files, nothing checked', value: entries / hashing };
  print({ bench: 'audit', figure: `full verification of the exported log of ${String(entries)} entries, start of the program included`, value: entries / seconds, unit: 'events/s', target: '>= 50000', baseline });
}

/** Seconds. */
async function hashAll(folder: string): Promise<number> {
  const start = performance.now();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) createHash('sha256').update(await readFile(path.join(entry.parentPath, entry.name))).digest();
  }
  return (performance.now() - start) / 1_000;
}
