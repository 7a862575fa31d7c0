import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { START_POSITION } from '../event-store.port.js';
import { oneRecord, type OpenEventStore } from './event-store-harness.js';
import { collect } from './sample-events.js';

export function describeIdentity(open: OpenEventStore): void {
  describe('the identity of a store', () => {
    const record = oneRecord(open);

    it('is given once, is the same for everybody, and is no event', async () => {
      const before = await collect(record.store.readAll({ after: START_POSITION }));
      const named = await Promise.all([record.store, record.another(), record.another()].map((store) => store.nameStore(randomUUID())));
      expect(new Set(named).size).toBe(1);
      expect(await record.another().storeId()).toBe(named[0]);
      expect(await record.store.nameStore(randomUUID())).toBe(named[0]);
      expect(await collect(record.store.readAll({ after: START_POSITION }))).toEqual(before);
    });
  });
}
