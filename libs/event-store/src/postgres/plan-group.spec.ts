import { describe, expect, it } from '@jest/globals';
import { noted } from '../conformance/sample-events.js';
import type { ExpectedRevision, NewEvent, StreamAppend } from '../event-store.port.js';
import type { PendingAppend } from './append-queue.js';
import { planGroup } from './plan-group.js';

const to = (streamId: string, expectedRevision: ExpectedRevision, ...events: NewEvent[]): StreamAppend => ({ streamId, expectedRevision, events });
const pending = (...appends: StreamAppend[]): PendingAppend => ({ appends, resolve: () => undefined, reject: () => undefined });
const plan = (group: readonly PendingAppend[], heads: Readonly<Record<string, number>> = {}) =>
  planGroup(group, new Map(Object.entries(heads)), new Map());

describe('planning a group', () => {
  it('lets each append see what the accepted ones before it add', () => {
    const { writes, refusals } = plan([
      pending(to('a', 4, noted(), noted())),
      pending(to('a', 4, noted())),
      pending(to('a', 6, noted())),
      pending(to('a', 'any', noted())),
    ], { a: 4 });
    expect(writes.map(({ rows }) => rows.map(({ revision }) => revision))).toEqual([[5, 6], [7], [8]]);
    expect(refusals).toMatchObject([{ error: { name: 'StreamConflict', actual: 6 } }]);
  });

  it('lets a refused append leave its other streams as they were', () => {
    const { writes, refusals } = plan([
      pending(to('free', 'none', noted()), to('taken', 'none', noted())),
      pending(to('free', 'none', noted())),
    ], { taken: 0 });
    expect(refusals).toHaveLength(1);
    expect(writes.map(({ rows }) => rows.map(({ streamId, revision }) => [streamId, revision]))).toEqual([[['free', 0]]]);
  });

  it('counts on within one append that names a stream twice', () => {
    const { writes } = plan([pending(to('a', 'none', noted()), to('a', 0, noted()))]);
    expect(writes[0]?.rows.map(({ revision }) => revision)).toEqual([0, 1]);
  });

  it('puts off an append that shares an event id with another of the group', () => {
    const event = noted();
    const second = pending(to('a', 'any', event));
    const { writes, later } = plan([pending(to('a', 'any', event)), second]);
    expect(writes).toHaveLength(1);
    expect(later).toEqual([second]);
  });
});
