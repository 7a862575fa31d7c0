import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import { conformanceTopics, record, Recorder } from '../conformance/bus-under-test.fixture.js';
import type { MessageBus } from '../message-bus.port.js';
import { busDatabase } from './bus-database.fixture.js';

/** Longer than three publishes take, and longer than any test may wait. */
const LINGER_MS = 10_000;

describe('a subscription that lingers', () => {
  const database = busDatabase();
  let bus: MessageBus;
  beforeEach(async () => {
    bus = database.open(await database.install(conformanceTopics));
  });
  afterEach(() => bus.close());

  it('gets in one call what came one by one meanwhile', async () => {
    const recorder = new Recorder();
    await bus.subscribe({ group: 'g', topics: ['single'], maxBatch: 50, lingerMs: 500, handler: recorder.handler });
    for (const n of [1, 2, 3]) await bus.publish('single', [record('a', n)]);
    await eventually(() => expect(recorder.values()).toEqual([1, 2, 3]));
    expect(recorder.calls).toHaveLength(1);
  });

  it('does not wait for more than a full call', async () => {
    const recorder = new Recorder();
    await bus.publish('single', [record('a', 1), record('a', 2)]);
    await bus.subscribe({ group: 'g', topics: ['single'], maxBatch: 2, lingerMs: LINGER_MS, handler: recorder.handler });
    await eventually(() => expect(recorder.values()).toEqual([1, 2]));
  });

  it('closes without waiting, and what it had not taken comes to the next member', async () => {
    const recorder = new Recorder();
    const lingering = await bus.subscribe({ group: 'g', topics: ['single'], maxBatch: 50, lingerMs: LINGER_MS, handler: recorder.handler });
    await bus.publish('single', [record('a', 1)]);
    await lingering.close();
    await bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler });
    await eventually(() => expect(recorder.values()).toEqual([1]));
  });
});
