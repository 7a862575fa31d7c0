import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Coordinator } from './coordinator.js';
import type { GroupRegistry, GroupsView } from './group-registry.js';
import { Member } from './member.js';

const MINUTE_MS = 60_000;
const nothing = () => Promise.resolve();
const alone: Omit<GroupsView, 'members'> = { partitions: [], replays: [], nextExpiryMs: Infinity };

/** Answers like a database in which nothing happens; counts what it is asked. */
class QuietRegistry implements Pick<GroupRegistry, 'beat' | 'tell' | 'claim' | 'release' | 'leave'> {
  beats = 0;
  answer: () => Omit<GroupsView, 'members'> = () => alone;
  beat(members: GroupsView['members']): Promise<GroupsView> {
    this.beats += 1;
    return new Promise((resolve) => resolve({ ...this.answer(), members }));
  }
  tell = nothing;
  claim = () => Promise.resolve([]);
  release = nothing;
  leave = nothing;
}

function joined(registry: QuietRegistry) {
  const committer = { retry: () => undefined, advance: () => undefined, flush: nothing };
  const retention = { runWhenDue: () => undefined, finished: nothing };
  const coordinator = new Coordinator(registry, committer, retention, { leaseMs: 5_000, pollMs: 2_000 });
  const work = { handler: nothing, maxBatch: 1, lingerMs: 0, retry: { attempts: 1, baseMs: 1, maxMs: 1 } };
  const plumbing = {
    fetcher: { fetch: () => Promise.resolve([]) },
    committer,
    deadLetters: { bury: nothing, toReplay: () => Promise.resolve(undefined), replayed: nothing, failedAgain: nothing },
  };
  const members = ['one', 'two', 'three'].map((id) => new Member({ id, group: `${id}-group`, topics: ['t'] }, work, registry, plumbing));
  return { coordinator, members, join: () => Promise.all(members.map((member) => coordinator.join(member))) };
}

describe('the pulse of the subscriptions of a process', () => {
  let registry: QuietRegistry;
  beforeEach(() => {
    jest.useFakeTimers();
    Logger.overrideLogger(false);
    registry = new QuietRegistry();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks the database once in two seconds while nothing happens, however many subscriptions there are', async () => {
    const { coordinator, join } = joined(registry);
    await join();
    registry.beats = 0;
    await jest.advanceTimersByTimeAsync(MINUTE_MS);
    expect(registry.beats).toBeGreaterThan(25);
    expect(registry.beats).toBeLessThanOrEqual(30);
    await coordinator.close();
  });

  it('looks at the instant at which the lease of another process runs out', async () => {
    const { coordinator, join } = joined(registry);
    await join();
    await jest.advanceTimersByTimeAsync(100);
    registry.answer = () => ({ ...alone, nextExpiryMs: 600 });
    coordinator.wake();
    await jest.advanceTimersByTimeAsync(5);
    registry.beats = 0;
    registry.answer = () => alone;
    await jest.advanceTimersByTimeAsync(590);
    expect(registry.beats).toBe(0);
    await jest.advanceTimersByTimeAsync(40);
    expect(registry.beats).toBe(1);
    await coordinator.close();
  });

  it('looks at once when it is told of a change in one of its groups, and not for the groups of others', async () => {
    const { coordinator, join } = joined(registry);
    await join();
    await jest.advanceTimersByTimeAsync(100);
    registry.beats = 0;
    coordinator.groupChanged('group-of-another');
    await jest.advanceTimersByTimeAsync(100);
    expect(registry.beats).toBe(0);
    coordinator.groupChanged('two-group');
    await jest.advanceTimersByTimeAsync(100);
    expect(registry.beats).toBe(1);
    await coordinator.close();
  });

  it('asks each second while the database is away, so that a lease is renewed in time when it is back', async () => {
    const { coordinator, join } = joined(registry);
    await join();
    registry.answer = () => {
      throw new Error('away');
    };
    await jest.advanceTimersByTimeAsync(2_000);
    registry.beats = 0;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(registry.beats).toBeGreaterThanOrEqual(9);
    await coordinator.close();
  });

  it('asks nothing any more once every subscription is closed', async () => {
    const { coordinator, members, join } = joined(registry);
    await join();
    for (const member of members) await coordinator.leave(member);
    registry.beats = 0;
    await jest.advanceTimersByTimeAsync(MINUTE_MS);
    expect(registry.beats).toBe(0);
    await coordinator.close();
  });
});
