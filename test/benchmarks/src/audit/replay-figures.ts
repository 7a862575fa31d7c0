import { PostgresEventStore, START_POSITION } from '@brain/event-store';
import { print } from '../figures.js';
import { runBrain, type BrainRun, type MemoryAt } from './brain-run.js';
import { databaseUrl } from './product-database.js';
import { say } from './say.js';

const bench = 'audit';
/** A heap breathes; what grows with the number of events grows by more. */
const FLAT = 1.2;

/** Fills the read tables, with all their indexes, and puts them in place. */
export async function fillFigures(dataDir: string, events: number): Promise<void> {
  const baseline = await readingOnce(dataDir, events);
  const first = await replay(dataDir, '--swap');
  print({ bench, figure: 'replay of all read tables with --swap: events applied, each for every table made of it', value: applied(first) / first.seconds, unit: 'events/s', baseline });
}

/** Makes the read tables once more beside the live ones, and must find them identical. */
export async function compareFigures(dataDir: string, events: number): Promise<void> {
  const baseline = await readingOnce(dataDir, events);
  const second = await replay(dataDir);
  if (second.code !== 0) throw new Error(`The replay did not find the tables identical:\n${second.output}`);
  print({ bench, figure: 'replay of all read tables, digests compared: events applied, each for every table made of it', value: applied(second) / second.seconds, unit: 'events/s', target: '>= 20000', baseline });
  print({ bench, figure: 'the same, counting each event of the record once', value: events / second.seconds, unit: 'events/s' });
  memoryFigures(second.memory);
}

async function replay(dataDir: string, ...options: readonly string[]): Promise<BrainRun> {
  say(`brain replay ${options.join(' ')}`);
  return runBrain(dataDir, ['replay', ...options], (line) => say(line));
}

function applied({ output }: BrainRun): number {
  const counts = [...output.matchAll(/of ([\d,]+) events/g)].map(([, count = '']) => Number(count.replaceAll(',', '')));
  return counts.at(-1) ?? Number.NaN;
}

function memoryFigures(memory: readonly MemoryAt[]): void {
  const highest = (from: number, to: number) => Math.max(...memory.filter(({ percent }) => percent >= from && percent <= to).map(({ mb }) => mb));
  const early = highest(10, 50);
  const baseline = { what: 'highest from 10 % to 50 % of the events', value: early };
  const figure = `memory of the replay, highest from 50 % to 100 % (at each line of progress: ${memory.map(({ percent, mb }) => `${String(percent)} % ${String(Math.round(mb))}`).join(', ')})`;
  print({ bench, figure, value: highest(50, 100), unit: 'MB', target: `<= ${String(Math.ceil(early * FLAT))}`, baseline });
}

async function readingOnce(dataDir: string, events: number): Promise<{ readonly what: string; readonly value: number }> {
  const store = new PostgresEventStore({ connectionString: await databaseUrl(dataDir) });
  const most = Math.min(events, 100_000);
  const start = performance.now();
  let read = 0;
  for await (const { type } of store.readAll({ after: START_POSITION })) {
    read += type === '' ? 0 : 1;
    if (read === most) break;
  }
  const rate = read / ((performance.now() - start) / 1_000);
  await store.close();
  return { what: 'reading every event once, as stored, nothing made of it', value: rate };
}
