import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@brain/testing';
import { describe, expect, it } from '@jest/globals';
import { conformanceTopics, Recorder, records } from '../conformance/bus-under-test.fixture.js';
import { busDatabase } from './bus-database.fixture.js';
import type { PostgresMessageBusOptions } from './postgres-message-bus.js';

const database = busDatabase();
const taker = '11111111-2222-3333-4444-555555555555';

/** Another process takes the partition, as it may once a lease has run out. */
async function takeOver(schema: string): Promise<void> {
  await database.query(
    `insert into ${schema}.members values ($1, 'g', array['single'], now() + interval '1 hour')`,
    [taker],
  );
  await database.query(`update ${schema}.group_partitions set owner = $1, epoch = epoch + 1`, [taker]);
}

/** A consumer that loses its partition while its handler runs, and only then settles. */
async function lateConsumer(outcome: () => Promise<void>, options: Partial<PostgresMessageBusOptions> = {}) {
  const schema = await database.install(conformanceTopics);
  const bus = database.open(schema, options);
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));
  const recorder = new Recorder(() => settled.then(outcome));
  await bus.publish('single', records('a', 100));
  const subscription = await bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler });
  await eventually(() => expect(recorder.calls).toHaveLength(1));
  await takeOver(schema);
  settle();
  await eventually(() => expect(bus.readAhead).toBe(0));
  await subscription.close();
  const state = await database.query(
    `select committed_offset as committed, owner from ${schema}.group_partitions where group_name = 'g'`,
  );
  return { schema, bus, recorder, state };
}

describe('a consumer that lost its partition while a handler ran', () => {
  it('commits nothing and stops early; the next owner gets every record', async () => {
    const { schema, recorder, state } = await lateConsumer(() => pause(10));
    expect(state).toEqual([{ committed: '0', owner: taker }]);
    expect(recorder.delivered.length).toBeLessThan(100);

    await database.query(`delete from ${schema}.members where member_id = $1`, [taker]);
    const next = new Recorder();
    await database.open(schema).subscribe({ group: 'g', topics: ['single'], handler: next.handler });
    await eventually(() => expect(next.values()).toEqual(records('a', 100).map(({ value }) => value)));
  });

  it('buries nothing either', async () => {
    const { bus, state } = await lateConsumer(() => Promise.reject(new Error('no')), { retry: { attempts: 1 } });
    expect(state).toEqual([{ committed: '0', owner: taker }]);
    expect(await bus.deadLetters.list()).toEqual([]);
  });
});
