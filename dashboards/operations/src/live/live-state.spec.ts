import { describe, expect, it } from '@jest/globals';
import type { AlertView } from '@brain/contracts';
import { alert, alertChange, caseChange, oneCase, readingChange, worker } from './live.fixture.js';
import { applyChanges, applySnapshot, EMPTY, type LiveState } from './live-state.js';

const at = (seq: number, alerts: readonly AlertView[] = []): LiveState =>
  applySnapshot(EMPTY, { seq, alerts, cases: [], workload: [], devices: [] });

describe('a snapshot', () => {
  it('replaces everything that was known', () => {
    const before = applySnapshot(EMPTY, { seq: 3, alerts: [alert('old')], cases: [oneCase('old')], workload: [worker('old')], devices: [] });
    const after = applySnapshot(before, { seq: 9, alerts: [alert('new')], cases: [], workload: [], devices: [] });
    expect([after.seq, [...after.alerts.keys()], after.cases.size, after.workload.size]).toEqual([9, ['new'], 0, 0]);
  });
});

describe('changes', () => {
  it('are applied in order, the whole view by its id', () => {
    const acknowledged = alert('a', { state: 'ACTIVE_ACK', revision: 1 });
    const { state, hole } = applyChanges(at(5), [alertChange(6, alert('a')), alertChange(7, acknowledged)]);
    expect(hole).toBe(false);
    expect(state.seq).toBe(7);
    expect(state.alerts.get('a')).toBe(acknowledged);
  });

  it('change nothing when they come twice', () => {
    const once = applyChanges(at(5), [alertChange(6, alert('a'))]).state;
    const twice = applyChanges(once, [alertChange(6, alert('a', { title: 'another' }))]);
    expect(twice.state).toBe(once);
    expect(twice.raised).toEqual([]);
  });

  it('stop at a hole, and say so', () => {
    const { state, hole } = applyChanges(at(5), [alertChange(6, alert('a')), alertChange(8, alert('b'))]);
    expect(hole).toBe(true);
    expect(state.seq).toBeNull();
    expect([...state.alerts.keys()]).toEqual(['a']);
  });

  it('are ignored after a hole until a snapshot comes', () => {
    const broken = applyChanges(at(5), [alertChange(7, alert('a'))]).state;
    expect(applyChanges(broken, [alertChange(8, alert('b'))]).state.alerts.size).toBe(0);
    expect(applyChanges({ ...broken, seq: 8 }, [alertChange(9, alert('b'))]).state.alerts.size).toBe(1);
  });

  it('never put an older revision over a newer one', () => {
    const state = at(5, [alert('a', { revision: 4, state: 'ACTIVE_ACK' })]);
    expect(applyChanges(state, [alertChange(6, alert('a', { revision: 3 }))]).state.alerts.get('a')?.revision).toBe(4);
  });

  it('leave untouched collections as they are, so nothing that shows them is drawn again', () => {
    const before = at(5);
    const { state } = applyChanges(before, [alertChange(6, alert('a'))]);
    expect(state.cases).toBe(before.cases);
    expect(state.workload).toBe(before.workload);
  });

  it('report an alert as raised the first time it is seen, and only while it is active', () => {
    const { raised } = applyChanges(at(1, [alert('known')]), [
      alertChange(2, alert('known', { revision: 1 })),
      alertChange(3, alert('fresh')),
      alertChange(4, alert('fresh', { revision: 1, occurrences: 2 })),
      alertChange(5, alert('past', { state: 'CLEARED_ACK' })),
    ]);
    expect(raised.map(({ alertId }) => alertId)).toEqual(['fresh']);
  });

  it('count readings and keep the newest of each device', () => {
    const reading = (ts: number) => ({ deviceId: 'd', areaCode: '440305', ts, values: { temperature: ts } });
    const { state } = applyChanges(at(1), [readingChange(2, reading(10)), readingChange(3, reading(20))]);
    expect(state.readingCount).toBe(2);
    expect(state.readings.get('d')?.ts).toBe(20);
  });
});

describe('finished cases', () => {
  it('stay for whoever is looking, and go when there are many', () => {
    const changes = Array.from({ length: 260 }, (_, index) => caseChange(index + 1, oneCase(`c${index}`, { state: 'closed' })));
    const { state } = applyChanges({ ...at(0), cases: new Map([['open', oneCase('open')]]) }, changes);
    expect(state.cases.size).toBe(201);
    expect(state.cases.has('open')).toBe(true);
    expect(state.cases.has('c259')).toBe(true);
    expect(state.cases.has('c0')).toBe(false);
  });
});
