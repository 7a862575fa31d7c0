import { describe, expect, it } from '@jest/globals';
import { scenario } from '@brain/testing';
import { alertDecider } from './alert.decider.js';
import type { AlertEvent } from './alert.events.js';

const alertId = '3b1e8a4e-54a7-4c8e-9a53-0f7a6f0f1a11';
const caseId = '3b1e8a4e-54a7-4c8e-9a53-0f7a6f0f1a12';
const at = '2026-03-01T10:00:00.000Z';
const reading = { ts: Date.parse(at), values: { temperature: 61 } };
const alert = {
  alertId,
  ruleId: '018f0000-0000-7000-8000-000000000001',
  ruleRevision: 0,
  title: 'lift room too hot',
  deviceId: '018f0000-0000-7000-8000-000000000002',
  deviceName: 'lift room 3',
  areaCode: '440305001001',
  location: null,
  severity: 'CRITICAL',
  conditionSince: at,
  raisedAt: at,
  reading,
  openCase: null,
} as const;
const raised: AlertEvent = { type: 'AlertRaised', data: alert };
const recurred: AlertEvent = { type: 'AlertRecurred', data: { alertId, occurrences: 2, at, reading } };
const cleared: AlertEvent = { type: 'AlertCleared', data: { alertId, clearedAt: at, occurrences: 5, reading, reason: null } };
const acknowledged: AlertEvent = { type: 'AlertAcknowledged', data: { alertId, acknowledgedBy: 'ana', acknowledgedAt: at } };
const { given } = scenario(alertDecider);

describe('raising an alert', () => {
  const raise = { type: 'RaiseAlert', alert } as const;

  it('records it', () => given().when(raise).expectEvents(raised));
  it('changes nothing when the same reading is evaluated again', () => given(raised).when(raise).expectEvents());
  it('changes nothing when it was cleared meanwhile', () => given(raised, cleared).when(raise).expectEvents());
});

describe('a repeat of the condition', () => {
  const recur = { type: 'RecurAlert', occurrences: 2, at, reading } as const;

  it('tells the count so far', () => given(raised).when(recur).expectEvents(recurred));
  it('changes nothing when that count was told', () => given(raised, recurred).when(recur).expectEvents());
  it('changes nothing on a cleared alert', () => given(raised, cleared).when({ ...recur, occurrences: 9 }).expectEvents());
  it('is refused for an alert that was never raised', () => given().when(recur).expectRejection('ALERT_UNKNOWN'));
});

describe('clearing by a reading', () => {
  const clear = { type: 'ClearAlert', clearedAt: at, occurrences: 5, reading } as const;

  it('tells the exact count', () => given(raised, recurred).when(clear).expectEvents(cleared));
  it('changes nothing the second time', () => given(raised, cleared).when(clear).expectEvents());
  it('is refused for an alert that was never raised', () => given().when(clear).expectRejection('ALERT_UNKNOWN'));
});

describe('clearing by a person', () => {
  const clear = { type: 'ClearByPerson', reason: 'false alarm', now: at } as const;

  it('keeps the reason and the count that was told', () => {
    const data = { alertId, clearedAt: at, occurrences: 2, reading: null, reason: 'false alarm' };
    given(raised, recurred).when(clear).expectEvents({ type: 'AlertCleared', data });
  });
  it('changes nothing when it is cleared', () => given(raised, cleared).when(clear).expectEvents());
  it('is refused for an alert that was never raised', () => given().when(clear).expectRejection('ALERT_UNKNOWN'));
});

describe('acknowledging', () => {
  const acknowledge = { type: 'AcknowledgeAlert', by: 'ana', now: at } as const;

  it('records who did', () => given(raised).when(acknowledge).expectEvents(acknowledged));
  it('is possible after it was cleared', () => given(raised, cleared).when(acknowledge).expectEvents(acknowledged));
  it('changes nothing when she has already', () => given(raised, acknowledged).when(acknowledge).expectEvents());
  it('is refused when another has, and says who', () => {
    const bo = { ...acknowledge, by: 'bo' };
    given(raised, acknowledged).when(bo).expectRejection('ALERT_ALREADY_ACKNOWLEDGED');
    const state = [raised, acknowledged].reduce(alertDecider.evolve, alertDecider.initial);
    expect(() => alertDecider.decide(bo, state)).toThrow('by ana');
  });
});

describe('commenting', () => {
  const comment = { type: 'CommentAlert', by: 'ana', text: 'called the owner', now: at } as const;

  it('keeps the words', () => {
    given(raised).when(comment).expectEvents({ type: 'AlertCommented', data: { alertId, by: 'ana', text: 'called the owner', at } });
  });
  it('is refused for an alert that was never raised', () => given().when(comment).expectRejection('ALERT_UNKNOWN'));
});

describe('assigning', () => {
  const assign = { type: 'AssignAlert', assigneeId: 'bo', by: 'ana', now: at } as const;
  const assigned: AlertEvent = { type: 'AlertAssigned', data: { alertId, assigneeId: 'bo', assignedBy: 'ana', at } };

  it('records to whom and by whom', () => given(raised).when(assign).expectEvents(assigned));
  it('changes nothing when it is his already', () => given(raised, assigned).when(assign).expectEvents());
  it('is refused for an alert that was never raised', () => given().when(assign).expectRejection('ALERT_UNKNOWN'));
});

describe('linking a case', () => {
  const link = { type: 'LinkCase', caseId } as const;
  const linked: AlertEvent = { type: 'AlertCaseLinked', data: { alertId, caseId } };

  it('records the case', () => given(raised).when(link).expectEvents(linked));
  it('changes nothing when it is linked', () => given(raised, linked).when(link).expectEvents());
  it('is refused for an alert that was never raised', () => given().when(link).expectRejection('ALERT_UNKNOWN'));
});
