import { describe, expect, it } from '@jest/globals';
import { ERASED, type AlertRaised, type AlertView } from '@brain/contracts';
import { foldAlert, isAlertOpen, type AlertEvent } from './alert-view.js';

const alertId = '0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c01';
const reading = { ts: 1, values: { temperature: 61 } };
const at = '2026-11-22T02:01:00.000Z';
const raised: AlertRaised = {
  type: 'AlertRaised',
  data: {
    alertId,
    ruleId: '0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c02',
    ruleRevision: 0,
    title: '电梯机房过热',
    deviceId: '0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c03',
    deviceName: '3 号电梯机房',
    areaCode: '440305001001',
    location: null,
    severity: 'CRITICAL',
    conditionSince: '2026-11-22T01:58:00.000Z',
    raisedAt: '2026-11-22T02:00:00.000Z',
    reading,
    openCase: null,
  },
};
const acknowledged: AlertEvent = { type: 'AlertAcknowledged', data: { alertId, acknowledgedBy: 'op', acknowledgedAt: at } };
const cleared: AlertEvent = { type: 'AlertCleared', data: { alertId, clearedAt: at, occurrences: 4, reading: null, reason: 'checked' } };
const linked: AlertEvent = { type: 'AlertCaseLinked', data: { alertId, caseId: 'c' } };
const recurred: AlertEvent = { type: 'AlertRecurred', data: { alertId, occurrences: 3, at, reading: { ts: 2, values: { temperature: 70 } } } };

const after = (...events: AlertEvent[]): AlertView | undefined =>
  events.reduce<AlertView | undefined>((view, event, revision) => foldAlert(view, event, { revision, time: at }), undefined);

describe('an alert on the screen', () => {
  it('begins active and unacknowledged with its first reading', () => {
    expect(after(raised)).toMatchObject({ state: 'ACTIVE_UNACK', occurrences: 1, reading, caseId: null, revision: 0 });
  });

  it.each<[string, AlertEvent[], AlertView['state'], boolean]>([
    ['acknowledged', [acknowledged], 'ACTIVE_ACK', true],
    ['cleared', [cleared], 'CLEARED_UNACK', true],
    ['acknowledged, then cleared', [acknowledged, cleared], 'CLEARED_ACK', false],
    ['cleared, then acknowledged', [cleared, acknowledged], 'CLEARED_ACK', false],
  ])('when %s is as it should be', (_, events, state, open) => {
    const view = after(raised, ...events);
    expect(view).toMatchObject({ state, revision: events.length });
    expect(view && isAlertOpen(view)).toBe(open);
  });

  it('counts repeats and shows the newest reading', () => {
    expect(after(raised, recurred)).toMatchObject({ occurrences: 3, reading: { ts: 2 }, updatedAt: at });
  });

  it('keeps its last reading when a person clears it', () => {
    expect(after(raised, recurred, cleared)).toMatchObject({ reading: { ts: 2 }, occurrences: 4, clearedAt: at });
  });

  it('shows nothing more of the wearer of its device once they are erased, and never a reading of another wearer', () => {
    const worn: AlertEvent = { type: 'AlertRaised', data: { ...raised.data, wearerId: 'w' } };
    expect(after(worn, recurred)).toMatchObject({ wearerId: 'w', occurrences: 3, reading: raised.data.reading });
    const erased: AlertEvent = { type: 'AlertWearerErased', data: { alertId: raised.data.alertId, wearerId: 'w', at } };
    expect(after(worn, erased)).toMatchObject({ deviceName: ERASED, location: null, reading: { values: {} }, state: 'ACTIVE_UNACK' });
  });

  it('names its case', () => {
    expect(after(raised, linked)).toMatchObject({ caseId: 'c', updatedAt: at });
  });

  it('is not made up from the middle of its history', () => {
    expect(after(acknowledged)).toBeUndefined();
  });
});
