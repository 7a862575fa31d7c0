import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import { at, hotRule, message, person, startAlerting, type AlertingUnderTest } from '../alerting-service.fixture.js';

const operator = person('olga', 'operator');

describe('alerts at an earlier moment', () => {
  let alerting: AlertingUnderTest;
  let alertId: string;
  let recorded: readonly string[];
  beforeAll(async () => {
    alerting = await startAlerting();
    await alerting.furnish();
    await alerting.call(person('ada', 'administrator'), 'POST', '/api/rules', hotRule);
    let second = 0;
    // Readings of March that arrive now: they are months late.
    await eventually(async () => {
      await alerting.publishReadings(message(at((second += 1), { temperature: 65 })));
      expect(await list('')).toHaveLength(1);
    });
    alertId = String((await list(''))[0]?.['alertId']);
    await alerting.call(operator, 'POST', `/api/alerts/${alertId}/acknowledge`, {});
    await eventually(async () => expect(await list('')).toMatchObject([{ state: 'ACTIVE_ACK' }]));
    recorded = ((await one('')).body['history'] as { recordedAt: string }[]).map(({ recordedAt }) => recordedAt);
  });
  afterAll(() => alerting.stop());

  const list = async (query: string) => (await alerting.call(operator, 'GET', `/api/alerts${query}`)).body.items ?? [];
  const one = (query: string) => alerting.call(operator, 'GET', `/api/alerts/${alertId}${query}`);
  const shifted = (time: string | undefined, ms: number) => new Date(Date.parse(time ?? '') + ms).toISOString();

  it('are as they were known: nothing before they were recorded, then step by step', async () => {
    const before = shifted(recorded[0], -1);
    expect(await list(`?at=${before}`)).toEqual([]);
    expect(await one(`?at=${before}`)).toMatchObject({ status: 404, body: { code: 'ALERT_UNKNOWN' } });
    expect(await list(`?at=${String(recorded[0])}`)).toMatchObject([{ alertId, state: 'ACTIVE_UNACK' }]);
    expect((await one(`?at=${String(recorded[0])}`)).body).toMatchObject({ state: 'ACTIVE_UNACK', history: [{ revision: 0 }] });
    expect((await one(`?at=${String(recorded.at(-1))}`)).body).toMatchObject({ state: 'ACTIVE_ACK' });
  });

  it('are there from the time of a reading that came late, when it is asked how things were', async () => {
    const hourLater = '2026-03-01T11:00:00Z';
    expect(await list(`?at=${hourLater}`)).toEqual([]);
    expect(await list(`?at=${hourLater}&as=occurred`)).toMatchObject([{ alertId, state: 'ACTIVE_UNACK' }]);
    expect(await list(`?at=2026-03-01T10:00:00Z&as=occurred`)).toEqual([]);
  });

  it('take no command', async () => {
    expect(await alerting.call(operator, 'POST', `/api/alerts/${alertId}/comment?at=${String(recorded[0])}`, { text: 'then' })).toMatchObject({
      status: 400,
      body: { code: 'AT_NOT_SUPPORTED', errors: [{ path: 'at' }] },
    });
    expect(await alerting.call(operator, 'GET', `/api/rules?at=${String(recorded[0])}`)).toMatchObject({ status: 400, body: { code: 'AT_NOT_SUPPORTED' } });
  });
});
