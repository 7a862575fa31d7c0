import { eventually } from '@brain/testing';
import { describe, expect, it } from '@jest/globals';
import { Recorder, records } from '../conformance/bus-under-test.fixture.js';
import { busDatabase } from './bus-database.fixture.js';

const database = busDatabase();
const quickly = { retentionEveryMs: 30, pollMs: 30 };

async function kept(schema: string, topic: string): Promise<number> {
  const [row] = await database.query<{ kept: string | null }>(
    `select sum(record_count) as kept from ${schema}.record_batches where topic = $1`,
    [topic],
  );
  return Number(row?.kept ?? 0);
}

describe('cleaning up', () => {
  it('deletes what every group has handled and the topic need not keep', async () => {
    const schema = await database.install([
      { name: 'brief', partitions: 1, retentionHours: 0 },
      { name: 'long', partitions: 1, retentionHours: 1 },
    ]);
    const bus = database.open(schema, quickly);
    const recorder = new Recorder();
    await bus.publish('brief', records('a', 500));
    await bus.publish('long', records('a', 5));
    await bus.subscribe({ group: 'g', topics: ['brief', 'long'], handler: recorder.handler, maxBatch: 100 });
    await eventually(async () => expect(await kept(schema, 'brief')).toBe(0));
    expect(recorder.delivered).toHaveLength(505);
    expect(await kept(schema, 'long')).toBe(5);
  });

  it('keeps what a group has not handled yet, however old, and goes on counting after it', async () => {
    const schema = await database.install([{ name: 'brief', partitions: 1, retentionHours: 0 }]);
    const bus = database.open(schema, quickly);
    const quick = new Recorder();
    const stopped = await bus.subscribe({ group: 'stopped', topics: ['brief'], handler: () => Promise.resolve() });
    await stopped.close();
    await bus.subscribe({ group: 'quick', topics: ['brief'], handler: quick.handler });
    await bus.publish('brief', records('a', 3));
    await eventually(() => expect(quick.delivered).toHaveLength(3));
    const late = new Recorder();
    await bus.subscribe({ group: 'stopped', topics: ['brief'], handler: late.handler });
    await eventually(() => expect(late.values()).toEqual([0, 1, 2]));
    await eventually(async () => expect(await kept(schema, 'brief')).toBe(0));
    await bus.publish('brief', records('a', 1));
    await eventually(() => expect(late.delivered.at(-1)?.offset).toBe(3));
  });
});
