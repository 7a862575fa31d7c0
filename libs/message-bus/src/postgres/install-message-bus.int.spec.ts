import { eventually } from '@brain/testing';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { record, Recorder } from '../conformance/bus-under-test.fixture.js';
import { topicCatalogue, type TopicDefinition } from '../topic-catalogue.js';
import { busDatabase } from './bus-database.fixture.js';
import { installMessageBus } from './install-message-bus.js';

const database = busDatabase();

async function install(schema: string, topics: readonly TopicDefinition[], roles: string[] = []): Promise<void> {
  const client = new pg.Client(database.url());
  await client.connect();
  try {
    await installMessageBus(client, { schema, roles, topics });
  } finally {
    await client.end();
  }
}

const manyKeys = Array.from({ length: 40 }, (_, index) => record(`k${index}`, index));

describe('installing the bus', () => {
  it('may be repeated, also by several at once, and changes nothing then', async () => {
    await Promise.all([install('repeated', topicCatalogue), install('repeated', topicCatalogue)]);
    const bus = database.open('repeated');
    await bus.publish('cases.events', [record('case-1', 'kept')]);
    await install('repeated', topicCatalogue);
    const recorder = new Recorder();
    await bus.subscribe({ group: 'g', topics: ['cases.events'], handler: recorder.handler });
    await eventually(() => expect(recorder.values()).toEqual(['kept']));
  });

  it('gives a role all it needs to publish and to subscribe', async () => {
    await database.query(`create role bus_user login password 'secret'`);
    await install('granted', [{ name: 'orders', partitions: 2, retentionHours: 1 }], ['bus_user']);
    const url = new URL(database.url());
    url.username = 'bus_user';
    url.password = 'secret';
    const bus = database.open('granted', { connectionString: url.href, retry: { attempts: 1 }, retentionEveryMs: 10, pollMs: 20 });
    let broken = true;
    const recorder = new Recorder(() => (broken ? Promise.reject(new Error('broken')) : undefined));
    await bus.subscribe({ group: 'g', topics: ['orders'], handler: recorder.handler });
    await bus.publish('orders', [record('a', 'order')]);
    const [letter] = await eventually(async () => {
      const letters = await bus.deadLetters.list();
      expect(letters).toHaveLength(1);
      return letters;
    });
    broken = false;
    await bus.deadLetters.replay(letter?.id ?? '');
    await eventually(() => expect(recorder.values()).toEqual(['order', 'order']));
    await bus.close();
    await database.query('drop owned by bus_user; drop role bus_user');
  });

  it('lets a topic grow; a group reads the new partitions from their start', async () => {
    await install('growing', [{ name: 'orders', partitions: 1, retentionHours: 1 }]);
    const before = database.open('growing');
    const subscription = await before.subscribe({ group: 'g', topics: ['orders'], handler: () => Promise.resolve(), startFrom: 'latest' });
    await subscription.close();
    await install('growing', [{ name: 'orders', partitions: 3, retentionHours: 1 }]);
    const bus = database.open('growing');
    await bus.publish('orders', manyKeys);
    const recorder = new Recorder();
    await bus.subscribe({ group: 'g', topics: ['orders'], handler: recorder.handler, startFrom: 'latest' });
    await eventually(() => expect(recorder.delivered).toHaveLength(40));
    expect(new Set(recorder.delivered.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
  });

  it('refuses to shrink a topic, and changes nothing of it', async () => {
    await install('shrinking', [{ name: 'orders', partitions: 3, retentionHours: 1 }]);
    const fewer = install('shrinking', [{ name: 'orders', partitions: 2, retentionHours: 9 }]);
    await expect(fewer).rejects.toThrow('orders has 3 partitions');
    const rows = await database.query('select retention::text from shrinking.topics');
    expect(rows).toEqual([{ retention: '01:00:00' }]);
  });

  it('refuses a schema name that is not a plain word', async () => {
    await expect(install('bus"; drop schema public', [])).rejects.toThrow('Not a schema name');
  });
});
