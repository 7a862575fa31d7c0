import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EVENT_STORE, rebuildReadTables, type EventStore } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { eventually } from '@brain/testing';
import { at, hotRule, message, person, startAlerting, type AlertingUnderTest } from './alerting-service.fixture.js';
import { readTables } from './replay.js';

const migrationsDir = fileURLToPath(new URL('../migrations', import.meta.url));
let alerting: AlertingUnderTest;

beforeAll(async () => {
  alerting = await startAlerting();
  await alerting.furnish();
});
afterAll(() => alerting.stop());

it('rebuilds rules and alerts from the events alone, identical to the live tables', async () => {
  const admin = person('ada', 'administrator');
  const operator = person('olga', 'operator');
  const { body } = await alerting.call(admin, 'POST', '/api/rules', hotRule);
  await alerting.call(admin, 'PUT', `/api/rules/${String(body['ruleId'])}`, { ...hotRule, severity: 'MINOR' });
  let second = 0;
  const readings = async (...temperatures: readonly number[]) =>
    alerting.publishReadings(...temperatures.map((temperature) => message(at((second += 1), { temperature }))));
  const items = async () => (await alerting.call(operator, 'GET', '/api/alerts')).body.items ?? [];

  await eventually(async () => {
    await readings(65);
    expect(await items()).toHaveLength(1);
  });
  await alerting.call(operator, 'POST', `/api/alerts/${String((await items())[0]?.['alertId'])}/acknowledge`, {});
  await readings(20, 70, 71);
  await eventually(async () => expect(await items()).toMatchObject([{ occurrences: 2 }, { state: 'CLEARED_ACK' }]));

  const app = alerting.app();
  const compared = await rebuildReadTables({
    store: app.get<EventStore>(EVENT_STORE),
    pool: app.get(Database).pool,
    schema: readTables.schema,
    migrationsDir,
    // The copies are made from events of other services, which have no part in this test's store.
    projections: readTables.projections.filter(({ from }) => from === 'store'),
  });
  expect(compared).toMatchObject([
    { table: 'rule_list', rows: 1, identical: true },
    { table: 'alert_list', rows: 2, identical: true },
    { table: 'alert_list_past', identical: true },
  ]);
});
