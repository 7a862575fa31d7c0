import { chmod } from 'node:fs/promises';
import { startProduct } from '@brain/test-e2e';
import { tempDir } from '@brain/testing';
import { appendCostFigures, provableFigures } from './audit/append-figures.js';
import { CheckpointWatch } from './audit/checkpoint-watch.js';
import { pastFigures } from './audit/past-figures.js';
import { proofFigures } from './audit/proof-figures.js';
import { recordSize } from './audit/record-size.js';
import { compareFigures, fillFigures } from './audit/replay-figures.js';
import { say } from './audit/say.js';
import { storeRecord } from './audit/store-record.js';
import { verifyFigures } from './audit/verify-figures.js';
import { print } from './figures.js';

const SAID_EACH = 50_000;

/** The record that proves itself, at its size: a simulated one in a product of its own, through its own doors. */
export async function audit(): Promise<void> {
  const events = recordSize(process.argv);
  const folder = await tempDir();
  await chmod(folder.path, 0o755); // PostgreSQL runs as another user when we are root
  try {
    await fill(folder.path, events);
    await figures(folder.path, events);
    await appendCostFigures(folder.path);
  } finally {
    await folder.remove();
  }
}

async function fill(dataDir: string, events: number): Promise<void> {
  say('starting an empty product, for its database and keys');
  await (await startProduct({ dataDir })).stop();
  await storeRecord(dataDir, events, (stored) => {
    if (stored % SAID_EACH === 0) say(`${stored.toLocaleString('en')} events simulated and stored`);
  });
}

async function figures(dataDir: string, events: number): Promise<void> {
  say('sequencing');
  const watch = new CheckpointWatch(dataDir, 50);
  const product = await startProduct({ dataDir });
  try {
    await watch.until(events, (size) => say(`${size.toLocaleString('en')} in the log`));
    await watch.stop();
    print({ bench: 'audit', figure: `sequencing ${String(events)} events into the log`, value: watch.rateUntil(events), unit: 'events/s', target: '>= 2000' });
    await verifyFigures(product);
    await fillFigures(dataDir, events);
    await proofFigures(product);
    await pastFigures(product);
    await provableFigures(product);
    await compareFigures(dataDir, events);
  } finally {
    await product.stop();
  }
}
