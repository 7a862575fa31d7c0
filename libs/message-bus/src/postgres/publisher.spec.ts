import { eventually } from '@brain/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BusRecord } from '../message-bus.port.js';
import { Publisher } from './publisher.js';

const record = (key: string): BusRecord => ({ key, headers: {}, value: key });

/** Flushes end only when the test says so. */
class HeldEngine {
  readonly flushes = 2;
  readonly started: { readonly records: string; readonly end: () => void; readonly fail: (error: Error) => void }[] = [];

  durable<Row>(_text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.started.push({ records: String(values[4]), end: () => resolve([]), fail: reject });
    });
  }
}

describe('the publisher', () => {
  let engine: HeldEngine;
  let publisher: Publisher;
  const started = (count: number) => eventually(() => expect(engine.started).toHaveLength(count));

  beforeEach(() => {
    engine = new HeldEngine();
    publisher = new Publisher(engine, { announce: () => undefined });
  });

  it('writes a partition in one flush at a time; what comes meanwhile shares the next', async () => {
    const first = publisher.publish('t', 1, [record('a')]);
    await started(1);
    const later = Promise.all([publisher.publish('t', 1, [record('b')]), publisher.publish('t', 1, [record('c')])]);
    const elsewhere = publisher.publish('u', 1, [record('d')]);
    await started(2);
    expect(engine.started[1]?.records).toContain('"d"');
    engine.started[0]?.end();
    await first;
    await started(3);
    expect(engine.started[2]?.records).toMatch(/"b".*"c"/);
    for (const { end } of engine.started) end();
    await Promise.all([later, elsewhere]);
  });

  it('has no more flushes on their way than allowed', async () => {
    const first = publisher.publish('t', 1, [record('a')]);
    await started(1);
    const second = publisher.publish('u', 1, [record('b')]);
    await started(2);
    const third = publisher.publish('v', 1, [record('c')]);
    await new Promise(setImmediate); // a flush would have started by now
    expect(engine.started).toHaveLength(2);
    engine.started[0]?.end();
    await started(3);
    for (const { end } of engine.started) end();
    await Promise.all([first, second, third]);
  });

  it('rejects exactly the calls of the flush that failed', async () => {
    const [failed, stored] = [publisher.publish('t', 1, [record('a')]), started(1).then(() => publisher.publish('t', 1, [record('b')]))];
    await started(1);
    engine.started[0]?.fail(new Error('away'));
    await expect(failed).rejects.toThrow('away');
    await started(2);
    engine.started[1]?.end();
    await expect(stored).resolves.toBeUndefined();
  });
});
