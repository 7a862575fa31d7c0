import { describe, expect, it } from '@jest/globals';
import { PartitionOutbox } from './partition-outbox.js';
import type { EncodedRecord } from './record-codec.js';

const record = (key: string): EncodedRecord => ({ key, value: '1', headers: {}, bytes: 10 });

/** A broker that answers when told. */
class Broker {
  readonly batches: string[][] = [];
  #answers: { resolve: () => void; reject: (error: Error) => void }[] = [];

  readonly send = (records: readonly EncodedRecord[]): Promise<void> => {
    this.batches.push(records.map(({ key }) => key));
    return new Promise((resolve, reject) => this.#answers.push({ resolve, reject }));
  };

  async confirm(): Promise<void> {
    this.#answers.shift()?.resolve();
    await turn();
  }

  async fail(): Promise<void> {
    this.#answers.shift()?.reject(new Error('gone'));
    await turn();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function publish(outbox: PartitionOutbox, ...keys: string[]): { outcome: () => string } {
  let outcome = 'waiting';
  const call = {
    waiting: keys.length,
    failed: false,
    resolve: () => (outcome = 'stored'),
    reject: () => (outcome = 'rejected'),
  };
  for (const key of keys) outbox.add(record(key), call);
  return { outcome: () => outcome };
}

describe('the outbox of a partition', () => {
  it('sends one batch at a time, and what comes meanwhile with the next', async () => {
    const broker = new Broker();
    const outbox = new PartitionOutbox(1_000, broker.send);
    const first = publish(outbox, 'a');
    await turn();
    const second = publish(outbox, 'b', 'c');
    const third = publish(outbox, 'd');
    await turn();
    expect(broker.batches).toEqual([['a']]);
    await broker.confirm();
    expect(broker.batches).toEqual([['a'], ['b', 'c', 'd']]);
    expect([first.outcome(), second.outcome(), third.outcome()]).toEqual(['stored', 'waiting', 'waiting']);
    await broker.confirm();
    expect([second.outcome(), third.outcome()]).toEqual(['stored', 'stored']);
    await outbox.drained();
  });

  it('cuts a call that is too large for one batch, and confirms it with its last record', async () => {
    const broker = new Broker();
    const outbox = new PartitionOutbox(61 + 20, broker.send);
    const call = publish(outbox, 'a', 'b', 'c');
    await turn();
    await broker.confirm();
    expect(call.outcome()).toBe('waiting');
    await broker.confirm();
    expect(broker.batches).toEqual([['a', 'b'], ['c']]);
    expect(call.outcome()).toBe('stored');
  });

  it('sends nothing more of a call whose first part failed, and goes on with the others', async () => {
    const broker = new Broker();
    const outbox = new PartitionOutbox(61 + 20, broker.send);
    const failing = publish(outbox, 'a', 'b', 'c');
    const other = publish(outbox, 'd');
    await turn();
    await broker.fail();
    await broker.confirm();
    expect(broker.batches).toEqual([['a', 'b'], ['d']]);
    expect([failing.outcome(), other.outcome()]).toEqual(['rejected', 'stored']);
  });
});
