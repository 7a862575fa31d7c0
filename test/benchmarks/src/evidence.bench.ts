import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startProduct, type RunningProduct } from '@brain/test-e2e';
import { tempDir } from '@brain/testing';
import { runBrain } from './audit/brain-run.js';
import { CheckpointWatch } from './audit/checkpoint-watch.js';
import { recordSize } from './audit/record-size.js';
import { say } from './audit/say.js';
import { storeRecord } from './audit/store-record.js';
import { ServiceMemory } from './audit/service-memory.js';
import { print } from './figures.js';
import { SIMULATED_DAYS } from './simulated/simulated-record.js';

const bench = 'evidence';
/** As many as a package may have. */
const MOST = 100_000;
const DAY_MS = 86_400_000;
const MEGABYTE = 1024 ** 2;

/** The largest evidence package: everything in the record done by one person. Linux only. */
export async function evidence(): Promise<void> {
  const events = recordSize(process.argv, MOST);
  const folder = await tempDir();
  await chmod(folder.path, 0o755); // PostgreSQL runs as another user when we are root
  const person = randomUUID();
  try {
    say('starting an empty product, for its database and keys');
    await (await startProduct({ dataDir: folder.path })).stop();
    await storeRecord(folder.path, events, () => undefined, (event) => ({ ...event, metadata: { ...event.metadata, actor: { type: 'user', id: person } } }));
    const product = await startProduct({ dataDir: folder.path });
    try {
      await recorded(folder.path, events);
      await figures(product, person);
    } finally {
      await product.stop();
    }
  } finally {
    await folder.remove();
  }
}

/** In the log, and in the table that is searched. */
async function recorded(dataDir: string, events: number): Promise<void> {
  const watch = new CheckpointWatch(dataDir, 50);
  await watch.until(events, (size) => say(`${size.toLocaleString('en')} in the log`));
  await watch.stop();
  const { code, output } = await runBrain(dataDir, ['replay', '--swap', '--service', 'audit', '--table', 'audit_event'], (line) => say(line));
  if (code === 2) throw new Error(`The record could not be made searchable:\n${output}`);
}

async function figures(product: RunningProduct, person: string): Promise<void> {
  const archive = path.join(product.dataDir, 'evidence.zip');
  const period = new URLSearchParams({ from: new Date(Date.now() - 2 * SIMULATED_DAYS * DAY_MS).toISOString(), to: new Date(Date.now() + DAY_MS).toISOString() });
  const take = async () => {
    const body = await product.as('auditor').stream(`/api/audit/evidence/people/${person}?${period.toString()}`, 'application/zip');
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(archive));
  };
  say('the package');
  const memory = await ServiceMemory.of(product.dataDir, 'audit');
  const before = await memory.now();
  await memory.forget();
  const start = performance.now();
  await take();
  const seconds = (performance.now() - start) / 1_000;
  const highest = await memory.highest();
  const { size } = await stat(archive);
  say('brain verify of it');
  const vkey = (await (await fetch(`${product.url}/api/audit/log/vkey`)).text()).trim();
  const verified = await runBrain(product.dataDir, ['verify', archive, '--vkey', vkey]);
  if (verified.code !== 0) throw new Error(`The package was not proven:\n${verified.output}`);
  const count = Number(/all ([\d,]+) events/.exec(verified.output)?.[1]?.replaceAll(',', ''));
  print({ bench, figure: `a package of ${String(count)} events (${String(Math.round(size / MEGABYTE))} MB), request to last byte`, value: seconds, unit: 's' });
  print({ bench, figure: 'memory of the audit service, highest meanwhile', value: highest, unit: 'MB', baseline: { what: 'the same process just before', value: before } });
  print({ bench, figure: 'brain verify of the package', value: verified.seconds, unit: 's' });
}
