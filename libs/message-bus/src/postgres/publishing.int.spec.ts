import { eventually } from '@brain/testing';
import { describe, expect, it } from '@jest/globals';
import { conformanceTopics, record, Recorder } from '../conformance/bus-under-test.fixture.js';
import { busDatabase } from './bus-database.fixture.js';

const database = busDatabase();

async function transactions(schema: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(`select count(distinct xmin::text)::int as count from ${schema}.record_batches`);
  return row?.count ?? 0;
}

describe('publishing to PostgreSQL', () => {
  it('shares transactions among calls that are made at the same time', async () => {
    const schema = await database.install(conformanceTopics);
    const bus = database.open(schema);
    await bus.publish('spread', [record('first')]);
    await Promise.all(Array.from({ length: 200 }, (_, index) => bus.publish('spread', [record(`k${index}`)])));
    expect(await transactions(schema)).toBeLessThanOrEqual(5);
  });

  it('puts the records of a call into one transaction, whatever their partitions', async () => {
    const schema = await database.install(conformanceTopics);
    await database.open(schema).publish('spread', Array.from({ length: 50 }, (_, index) => record(`k${index}`)));
    expect(await transactions(schema)).toBe(1);
  });

  it('reaches consumers by their poll when the notification is lost', async () => {
    const schema = await database.install(conformanceTopics);
    const recorder = new Recorder();
    await database.open(schema, { pollMs: 100 }).subscribe({ group: 'g', topics: ['single'], handler: recorder.handler });
    const records = JSON.stringify([record('a', 'unannounced')]);
    await database.query(`set search_path to ${schema}`);
    await database.query(`select append_batches(array['single'], array[0], array[1], array[10], array[$1])`, [records]);
    await database.query('reset search_path');
    await eventually(() => expect(recorder.values()).toEqual(['unannounced']));
  });
});
