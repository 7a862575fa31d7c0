import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Database } from '@brain/service-kit';
import { eventually } from '@brain/testing';
import { AREA, at, DEVICE, hotRule, message, person, startAlerting, type AlertingUnderTest } from '../alerting-service.fixture.js';
import { RulesInForce } from '../rules/rules-in-force.js';
import { EvaluationStore } from './evaluation-store.js';
import { RecordFindings } from './record-findings.js';

const admin = person('ada', 'administrator');
const operator = person('olga', 'operator');
let alerting: AlertingUnderTest;

beforeEach(async () => {
  alerting = await startAlerting();
  await alerting.furnish();
});
afterEach(() => alerting.stop());

const define = async (rule: object = {}) => {
  const { status, body } = await alerting.call(admin, 'POST', '/api/rules', { ...hotRule, ...rule });
  expect(status).toBe(201);
  return String(body['ruleId']);
};
const alerts = async () => (await alerting.call(operator, 'GET', '/api/alerts')).body.items ?? [];
const hot = (second: number) => message(at(second, { temperature: 65 }));
const cold = (second: number) => message(at(second, { temperature: 20 }));

describe('readings', () => {
  it('become an alert that counts its repeats and clears', async () => {
    const ruleId = await define();
    // Right after the definition: a rule is in force within a moment.
    await eventually(async () => {
      await alerting.publishReadings(hot(Math.round(performance.now())));
      expect(await alerts()).toHaveLength(1);
    });
    const [first] = await alerts();
    expect(first).toMatchObject({ ruleId, deviceId: DEVICE, deviceName: 'temperature sensor', areaCode: AREA, state: 'ACTIVE_UNACK' });

    await alerting.publishReadings(cold(999_999));
    await eventually(async () => expect(await alerts()).toMatchObject([{ state: 'CLEARED_UNACK' }]));
  });

  it('of one batch come out the same after a crash between the events and the state', async () => {
    await define();
    await rulesInForce();
    const store = alerting.app().get(EvaluationStore);
    const save = jest.spyOn(store, 'save').mockRejectedValueOnce(new Error('the power went'));

    await alerting.publishReadings(hot(0), hot(1), hot(2), message(at(3, { temperature: 66 }), at(4, { temperature: 67 })), cold(5), hot(6), hot(7));
    await eventually(() => expect(save.mock.calls.length).toBeGreaterThan(1));
    await alerting.publishReadings(cold(8));
    await eventually(async () => expect(await evaluatedMessages()).toBe(8));
    await eventually(async () =>
      expect(await alerts()).toMatchObject([
        { occurrences: 2, state: 'CLEARED_UNACK' },
        { occurrences: 5, state: 'CLEARED_UNACK' },
      ]),
    );
    expect(await eventsOf((await alerts())[1])).toEqual(['alert-raised', 'alert-recurred', 'alert-cleared']);
    expect(await eventsOf((await alerts())[0])).toEqual(['alert-raised', 'alert-recurred', 'alert-cleared']);
  });

  it('of one batch come out the same after a crash in the middle of the events', async () => {
    await define();
    await rulesInForce();
    const findings = alerting.app().get(RecordFindings);
    const record = findings.record.bind(findings);
    jest.spyOn(findings, 'record').mockImplementationOnce(async (found) => {
      await record(found.slice(0, 1));
      throw new Error('the power went');
    });
    await alerting.publishReadings(hot(0), hot(1), hot(2), cold(3));
    await eventually(async () => expect(await alerts()).toMatchObject([{ state: 'CLEARED_UNACK', occurrences: 3 }]));
    expect(await eventsOf((await alerts())[0])).toEqual(['alert-raised', 'alert-recurred', 'alert-cleared']);
  });

  it('go on counting after a restart', async () => {
    await define();
    await rulesInForce();
    await alerting.publishReadings(hot(0), hot(1), hot(2));
    await eventually(async () => expect(await alerts()).toMatchObject([{ occurrences: 2 }]));
    await alerting.restart();
    await alerting.publishReadings(hot(3), hot(3), cold(4));
    await eventually(async () => expect(await alerts()).toMatchObject([{ state: 'CLEARED_UNACK', occurrences: 4 }]));
  });

  it('keep the windows of functions over a restart', async () => {
    await define({ when: 'max("temperature", "PT10M") - min("temperature", "PT10M") > 30.0', clearWhen: null });
    await rulesInForce();
    await alerting.publishReadings(cold(0));
    await eventually(async () => expect(await evaluatedMessages()).toBe(1));
    await alerting.restart();
    await alerting.publishReadings(message(at(60, { temperature: 55 })));
    await eventually(async () => expect(await alerts()).toHaveLength(1));
  });

  it('that nobody can read go to the dead letters and hold nothing up', async () => {
    await define();
    await rulesInForce();
    await alerting.publishReadings({ ...hot(0), readings: [] });
    await alerting.publishReadings(hot(1));
    await eventually(async () => expect(await alerts()).toHaveLength(1));
  });
});

const eventsOf = async (alert: Record<string, unknown> | undefined) => {
  const { body } = await alerting.call(operator, 'GET', `/api/alerts/${String(alert?.['alertId'])}`);
  return (body['history'] as { type: string }[]).map(({ type }) => type.split('.')[1]);
};

const rulesInForce = () =>
  eventually(() => expect(alerting.app().get(RulesInForce).rulesFor(message())).not.toHaveLength(0));

const evaluatedMessages = async () => {
  const sql = 'SELECT sum(next_offset)::int AS count FROM evaluation_offsets';
  return (await alerting.app().get(Database).query<{ count: number }>(sql))[0]?.count;
};
