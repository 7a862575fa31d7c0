import { describe, expect, it } from '@jest/globals';
import type { FoundFault } from '../watched/record-fault.js';
import { WatchedEventStore } from '../watched/watched-event-store.js';
import { oneRecord, type OpenEventStore } from './event-store-harness.js';
import { appendTo, collect, follow, newStream, NOTED, noted } from './sample-events.js';

/** What another program, or an administrator by hand, may have put among ours. */
const CRAFTED = [
  ['nothing but a source', { type: NOTED, data: { n: 9 }, metadata: { source: 'sample', appendId: 'x' } }],
  ['an actor that is none', { type: NOTED, data: { n: 9 }, metadata: { ...noted().metadata, appendId: 'x', actor: 'ana' } }],
  ['no time', { type: NOTED, data: { n: 9 }, metadata: { ...noted().metadata, appendId: 'x', time: null } }],
  ['data that is a list', { type: NOTED, data: [9], metadata: { ...noted().metadata, appendId: 'x' } }],
] as const;

export function describeCrafted(open: OpenEventStore): void {
  describe('a crafted event', () => {
    const record = oneRecord(open);

    const watched = () => {
      const faults: FoundFault[] = [];
      return { faults, store: new WatchedEventStore(record.another(), (fault) => faults.push(fault)) };
    };

    it.each(CRAFTED)('with %s is set aside, told, and stops neither reader nor tail', async (_, crafted) => {
      const { store, faults } = watched();
      const start = await record.store.headPosition();
      const streamId = newStream();
      await appendTo(record.store, newStream(), 'none', noted(1));
      await record.writeRaw(streamId, crafted);
      await appendTo(record.store, newStream(), 'none', noted(2));
      const fault = { code: 'EVENT_SET_ASIDE', streamId, revision: 0 };
      expect((await collect(store.readAll({ after: start }))).map(({ data }) => data['n'])).toEqual([1, 2]);
      expect(faults).toEqual([fault]);
      const read = await follow(store, { after: start, types: [NOTED] }, (events) => events.length === 2);
      expect(read.map(({ data }) => data['n'])).toEqual([1, 2]);
      expect(faults).toContainEqual(fault);
    });

    it('in a stream of ours is STREAM_FOREIGN_EVENT to who reads it, with its place, and concerns no other stream', async () => {
      const { store, faults } = watched();
      const [streamId, other] = [newStream(), newStream()];
      await appendTo(record.store, streamId, 'none', noted(1));
      await record.writeRaw(streamId, CRAFTED[0][1]);
      const place = { code: 'STREAM_FOREIGN_EVENT', streamId, revision: 1 };
      await expect(collect(store.readStream(streamId))).rejects.toMatchObject({ name: 'DomainError', ...place });
      await expect(collect(store.readStreamBackwards(streamId))).rejects.toMatchObject({ name: 'DomainError', ...place });
      expect(faults).toEqual([place, place]);
      await appendTo(store, other, 'none', noted(1));
      expect(await collect(store.readStream(other))).toHaveLength(1);
    });
  });
}
