import { beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Snapshot, StaffWorkload } from '@brain/contracts';
import { Metrics, type Database } from '@brain/service-kit';
import { Channels } from './channels.js';
import { subscriptionOf } from './domain/subscription.js';
import { LastSeen } from './last-seen.js';
import { LiveChanges, type Shown } from './live-changes.js';
import { workload } from './live-events.fixture.js';
import { LiveTables, type TablesOfMoment } from './live-tables.js';
import { Snapshots } from './snapshots.js';

const ANA = '0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c11';
const HERE = subscriptionOf({ areas: ['440305'], topics: ['workload'] });
const NO_DATABASE = {} as Database;

/** Tables whose readings end when the test says so. */
class Tables extends LiveTables {
  readonly people = new Map<string, StaffWorkload>();
  readonly readings: (() => void)[] = [];

  override ofThisMoment(): Promise<TablesOfMoment> {
    const seen = [...this.people.values()];
    const read = () =>
      new Promise<Omit<Snapshot, 'seq'>>((resolve) => {
        this.readings.push(() => resolve({ alerts: [], cases: [], workload: seen, devices: [] }));
      });
    return Promise.resolve({ read, end: () => Promise.resolve() });
  }

  override workloadsById(ids: readonly string[]): Promise<readonly StaffWorkload[]> {
    return Promise.resolve(ids.flatMap((id) => this.people.get(id) ?? []));
  }

  /** What was written is answered when this settles: until then it is not told. */
  answered: Promise<void> = Promise.resolve();

  override async saveWorkload(view: StaffWorkload): Promise<boolean> {
    this.people.set(view.staffId, view);
    await this.answered;
    return true;
  }
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('what happens and what is asked for', () => {
  let tables: Tables;
  let channels: Channels;
  let changes: LiveChanges;
  let told: string[];

  beforeEach(() => {
    let blocks = 0;
    told = [];
    tables = new Tables(NO_DATABASE);
    channels = new Channels({ capacity: 10, idleMs: 1_000, now: () => 0, nextBlock: () => Promise.resolve((blocks += 1)) });
    channels.heardBy({
      hear: (_, { data }) => told.push('openCases' in data ? String(data.openCases) : ''),
      show: (_, snapshot) => told.push(`snapshot of ${String(snapshot.workload.length)}`),
      leave: () => told.push('end'),
    });
    changes = new LiveChanges(NO_DATABASE, tables, new Snapshots(tables, new LastSeen(), new Metrics('test')), channels, pino({ level: 'silent' }));
  });

  const join = (): { shown: Promise<Shown> } => ({
    shown: new Promise((resolve, reject) => {
      const enter = (_: unknown, shown: Shown) => {
        resolve(shown);
        return true;
      };
      changes.join(HERE, undefined, enter).catch(reject);
    }),
  });

  it('do not wait for each other: a change is told while snapshots are being read, and follows them', async () => {
    const waiting = Array.from({ length: 1_000 }, join);
    await soon();
    await changes.workload([workload(ANA, 1)]);
    expect(told).toEqual(['1']);
    await changes.workload([workload(ANA, 2)]);
    expect(told).toEqual(['1', '2']);
    expect(tables.readings).toHaveLength(1); // shared by all of them
    tables.readings[0]?.();
    for (const { shown } of waiting) {
      const { snapshot, missed } = await shown;
      expect(snapshot?.workload).toEqual([]);
      expect(missed.map(({ seq, data }) => [seq - (snapshot?.seq ?? 0), 'openCases' in data ? data.openCases : -1])).toEqual([[1, 1], [2, 2]]);
    }
  });

  it('do not meet half way: what is written and not yet told is not in a snapshot that it follows', async () => {
    let answer: () => void = () => undefined;
    tables.answered = new Promise((resolve) => {
      answer = resolve;
    });
    const change = changes.workload([workload(ANA, 1)]);
    await soon();
    const { shown } = join();
    await soon();
    answer();
    await change;
    await soon();
    tables.readings.splice(0).forEach((finish) => finish());
    const { snapshot, missed } = await shown;
    expect(snapshot?.workload).toMatchObject([{ openCases: 1 }]);
    expect(missed).toEqual([]);
  });

  it('is read again when something left meanwhile, and at last while nothing moves', async () => {
    const { shown } = join();
    for (let n = 0; n < 3; n += 1) {
      await soon();
      await changes.workload([workload(ANA, n)]);
      await changes.workload([{ ...workload(ANA, n), areaCodes: ['440306'] }]);
      tables.readings.splice(0).forEach((finish) => finish());
    }
    await soon();
    const late = changes.workload([workload(ANA, 7)]); // waits for the reading
    await soon();
    tables.readings.splice(0).forEach((finish) => finish());
    expect((await shown).snapshot?.workload).toMatchObject([{ areaCodes: ['440306'] }]);
    await late;
    expect(told.at(-1)).toBe('7');
  });

  it('are in step for those who are there when something leaves: snapshot first, then what was told since', async () => {
    await changes.workload([workload(ANA, 1)]);
    const { shown } = join();
    await soon();
    tables.readings.splice(0).forEach((finish) => finish());
    await shown;
    told.length = 0;
    await changes.workload([{ ...workload(ANA, 2), areaCodes: ['440306'] }]);
    await changes.workload([workload('0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c12', 5)]);
    expect(told).toEqual([]);
    await soon();
    tables.readings.splice(0).forEach((finish) => finish());
    await soon();
    expect(told).toEqual(['snapshot of 1', '5']);
  });
});
