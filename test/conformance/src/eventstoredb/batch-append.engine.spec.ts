import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { EventStoreDbCluster } from './eventstoredb-cluster.js';
import { EventStoreDbServer } from './eventstoredb-server.js';

/** The adapter uses Append; whoever uses the client as it is gets BatchAppend. */
describe('the server in process, to a client that appends in batches', () => {
  let server: EventStoreDbServer;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    server = await new EventStoreDbServer({ maxAppendSize: 10_000 }).start();
    client = EventStoreDBClient.connectionString(server.url);
  });
  afterAll(async () => {
    await client.dispose();
    server.stop();
  });

  const happened = (text = '') => jsonEvent({ type: 'happened', data: { text } });

  it('writes, recognises the same again, and tells the revision and the position', async () => {
    const events = [happened(), happened()];
    const first = await client.appendToStream('batch-1', events, { expectedRevision: NO_STREAM });
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(await client.appendToStream('batch-1', events, { expectedRevision: NO_STREAM })).toEqual(first);
    expect(await client.appendToStream('batch-1', events)).toEqual(first);
    expect(server.node.log.stream('batch-1')).toHaveLength(2);
  });

  it('refuses another expected version, and says the real one', async () => {
    await client.appendToStream('batch-2', [happened()]);
    const refused = { type: 'wrong-expected-version', streamName: 'batch-2' };
    const append = client.appendToStream('batch-2', [happened()], { expectedRevision: NO_STREAM });
    await expect(append).rejects.toMatchObject({ ...refused, expectedVersion: 'no_stream', actualVersion: 0n });
    const ahead = client.appendToStream('batch-2', [happened()], { expectedRevision: 7n });
    await expect(ahead).rejects.toMatchObject({ ...refused, expectedVersion: 7n, actualVersion: 0n });
    const missing = client.appendToStream('batch-none', [happened()], { expectedRevision: 0n });
    await expect(missing).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 'no_stream' });
  });

  it('refuses what is too large, a deleted stream, and what comes after its deadline', async () => {
    const large = client.appendToStream('batch-3', [happened('x'.repeat(12_000))]);
    await expect(large).rejects.toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 10_000 });
    server.node.log.delete('batch-4');
    await expect(client.appendToStream('batch-4', [happened()])).rejects.toMatchObject({ type: 'stream-deleted', streamName: 'batch-4' });
    server.node.faults.delayMs = 50;
    await expect(client.appendToStream('batch-5', [happened()], { deadline: 10 })).rejects.toMatchObject({ type: 'deadline-exceeded' });
    server.node.faults.delayMs = 0;
  });

  it('names the leader when it does not lead, in both ways of appending', async () => {
    const cluster = await EventStoreDbCluster.start(2);
    const leader = { address: '127.0.0.1', port: cluster.node(0).port };
    for (const credentials of [undefined, { username: '', password: '' }]) {
      const follower = EventStoreDBClient.connectionString(cluster.urlOf(1));
      const options = { requiresLeader: true, ...(credentials && { credentials }) };
      await expect(follower.appendToStream('batch-6', [happened()], options)).rejects.toMatchObject({ type: 'not-leader', leader });
      await follower.dispose();
    }
    cluster.stop();
  });
});
