import { describe, expect, it } from '@jest/globals';
import { planTopics } from './topic-plan.js';

const wanted = [{ name: 'a', partitions: 4, retentionHours: 2 }];
const settings = { 'retention.ms': '7200000', 'cleanup.policy': 'delete', 'max.message.bytes': '1048576' };

describe('a topic of the catalogue', () => {
  it('is made with three copies, two of which must confirm', () => {
    expect(planTopics(wanted, [], 3)).toEqual([
      { kind: 'create', name: 'a', partitions: 4, replication: 3, settings: { ...settings, 'min.insync.replicas': '2' } },
    ]);
  });

  it('is made with as many copies as there are brokers', () => {
    expect(planTopics(wanted, [], 1)).toEqual([{ kind: 'create', name: 'a', partitions: 4, replication: 1, settings }]);
  });

  it('is left alone when it is as it should be', () => {
    expect(planTopics(wanted, [{ name: 'a', partitions: 4, settings }], 3)).toEqual([]);
  });

  it('grows, and is never made smaller', () => {
    expect(planTopics(wanted, [{ name: 'a', partitions: 2, settings }], 3)).toEqual([{ kind: 'grow', name: 'a', partitions: 4 }]);
    expect(planTopics(wanted, [{ name: 'a', partitions: 9, settings }], 3)).toEqual([]);
  });

  it('keeps the settings that somebody else gave it when its own change', () => {
    const old = { ...settings, 'retention.ms': '1', 'segment.bytes': '1000000' };
    expect(planTopics(wanted, [{ name: 'a', partitions: 4, settings: old }], 3)).toEqual([
      { kind: 'configure', name: 'a', settings: { ...settings, 'segment.bytes': '1000000' } },
    ]);
  });

  it('is kept for ever when its retention is a matter of decades, and compacted when it says so', () => {
    const compacted = [{ name: 'a', partitions: 1, retentionHours: 100 * 365 * 24, isCompacted: true }];
    expect(planTopics(compacted, [], 1)).toMatchObject([{ settings: { 'retention.ms': '-1', 'cleanup.policy': 'compact,delete' } }]);
  });
});
