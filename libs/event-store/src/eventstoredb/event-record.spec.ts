import { describe, expect, it } from '@jest/globals';
import { noted } from '../conformance/sample-events.js';
import { eventDataOf, storedEventOf, wasWrittenBy, type ReadRecord } from './event-record.js';

const event = noted(1);

function recordOf(changes: Partial<ReadRecord> = {}): ReadRecord {
  const { id, type, data, metadata } = eventDataOf(event, 'append-1');
  const position = { commit: 12n, prepare: 12n };
  const created = new Date('2026-03-01T08:00:00.000Z');
  return { id, streamId: 'note-1', revision: 3n, type, isJson: true, data, metadata, created, position, ...changes };
}

describe('an event in EventStoreDB', () => {
  it('carries our metadata and, beside it, the conventions of the store', () => {
    const { correlationId, causationId } = event.metadata;
    expect(eventDataOf(event, 'append-1').metadata).toEqual({
      ...event.metadata,
      $correlationId: correlationId,
      $causationId: causationId,
      appendId: 'append-1',
    });
  });

  it('comes back with exactly our metadata, in its order', () => {
    const stored = storedEventOf(recordOf());
    expect(JSON.stringify(stored?.metadata)).toBe(JSON.stringify(event.metadata));
    expect(stored).toMatchObject({ eventId: event.eventId, streamId: 'note-1', revision: 3, recordedAt: '2026-03-01T08:00:00.000Z' });
  });

  it.each([
    ['of the server itself', { type: '$metadata' }],
    ['without our metadata', { metadata: undefined }],
    ['that another product wrote', { metadata: { $correlationId: 'x' } }],
    ['that is not JSON', { isJson: false }],
  ])('is not ours: one %s', (_, changes) => {
    expect(storedEventOf(recordOf(changes))).toBeUndefined();
  });

  it('tells which append wrote it', () => {
    expect([wasWrittenBy(recordOf(), 'append-1'), wasWrittenBy(recordOf(), 'append-2')]).toEqual([true, false]);
  });

  it.each([undefined, { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n }])('is refused without a position, as old servers give it: %p', (position) => {
    expect(() => storedEventOf(recordOf({ position }))).toThrow(expect.objectContaining({ code: 'EVENT_STORE_REFUSED' }));
  });
});
