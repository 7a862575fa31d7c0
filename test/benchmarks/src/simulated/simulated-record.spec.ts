import { describe, expect, it } from '@jest/globals';
import { simulatedRecord } from './simulated-record.js';

const UNTIL = Date.UTC(2026, 10, 1);
const record = (count: number) => [...simulatedRecord(count, UNTIL)];

describe('the simulated record', () => {
  it('has exactly so many events, the same on every run, each id once', () => {
    const events = record(3_000);
    expect(events).toHaveLength(3_000);
    expect(record(3_000)).toEqual(events);
    expect(new Set(events.map(({ event }) => event.eventId)).size).toBe(3_000);
  });

  it('is in the order of its time', () => {
    const times = record(3_000).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('counts the revisions of each stream from 0 without a gap', () => {
    const last = new Map<string, number>();
    for (const { streamId, revision } of record(5_000)) {
      expect(revision).toBe((last.get(streamId) ?? -1) + 1);
      last.set(streamId, revision);
    }
  });

  it('tells whole lives of cases and alerts, and of every part of the product', () => {
    const types = new Set(record(20_000).map(({ event }) => event.type));
    for (const type of ['case-management.case-reported.v1', 'case-management.case-closed.v1', 'alerting.alert-recurred.v1', 'operations-gateway.signed-in.v1']) {
      expect(types).toContain(type);
    }
  });
});
