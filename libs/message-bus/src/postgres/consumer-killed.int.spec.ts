import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '@brain/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { conformanceTopics, record, Recorder } from '../conformance/bus-under-test.fixture.js';
import { busDatabase } from './bus-database.fixture.js';

const database = busDatabase();

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

/** Lines the child has written so far. It runs the built package, as a service does. */
function startConsumer(schema: string, handlesBelow: number): string[] {
  const lines: string[] = [];
  const script = join(import.meta.dirname, 'consumer.fixture.mjs');
  child = spawn(process.execPath, [script, database.url(), schema, String(handlesBelow)], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout?.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)));
  return lines;
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => record(`k${from + index}`, from + index));

describe('kill -9 of a consumer', () => {
  it('moves its partitions to another member, with everything it had not committed', async () => {
    const schema = await database.install(conformanceTopics);
    const bus = database.open(schema, { leaseMs: 1_000 });
    const lines = startConsumer(schema, 20);
    await eventually(() => expect(lines).toContain('ready'));
    await bus.publish('spread', numbered(0, 20));
    await eventually(async () => {
      const rows = await database.query<{ sum: string }>(`select sum(committed_offset) from ${schema}.group_partitions`);
      expect(rows).toEqual([{ sum: '20' }]);
    });
    await bus.publish('spread', numbered(20, 60));
    await eventually(() => expect(lines.filter((line) => Number(line) >= 20)).toHaveLength(4)); // one a partition

    child?.kill('SIGKILL');
    const killed = performance.now();
    const recorder = new Recorder();
    await bus.subscribe({ group: 'g', topics: ['spread'], handler: recorder.handler });
    await eventually(() => expect(recorder.delivered).toHaveLength(40));
    expect(performance.now() - killed).toBeLessThan(4_000);
    expect(recorder.values().sort((a, b) => Number(a) - Number(b))).toEqual(numbered(20, 60).map(({ value }) => value));
  });
});
