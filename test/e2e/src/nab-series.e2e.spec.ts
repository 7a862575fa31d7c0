import { beforeAll, describe, expect, it } from '@jest/globals';
import { readSeries, runSeries, type SeriesOutcome } from '@brain/local/series';
import { registerWorker } from './district.js';
import { ownDistrict, type OwnDistrict } from './shared-product.js';

describe('the real office-temperature series through MQTT', () => {
  let product: OwnDistrict;
  let outcomes: readonly SeriesOutcome[];
  const series = readSeries('ambient_temperature_system_failure.csv', process.cwd());

  beforeAll(async () => {
    product = await ownDistrict();
    const admin = product.as('administrator');
    for (const name of ['李敏', '王强']) await registerWorker(admin, name, 'on-duty', product.community);
    outcomes = await runSeries(series, {
      admin,
      operator: product.as('operator'),
      mqttUrl: product.mqttUrl,
      areaCode: product.community,
      metric: 'temperature',
      speed: Infinity,
      onProgress: () => undefined,
    });
  }, 180_000);

  it('raises alerts inside both labelled windows', () => {
    const raised = outcomes.map(({ alert }) => Date.parse(alert.raisedAt));
    for (const [from, to] of series.windows) expect(raised.some((at) => from <= at && at <= to)).toBe(true);
  });

  it('raises few outside of them', () => {
    expect(outcomes.filter(({ insideWindow }) => !insideWindow).length).toBeLessThanOrEqual(1);
  });

  it('opens a case for each and spreads them over the workers on duty', () => {
    const handlers = outcomes.map(({ caseView }) => caseView?.assignee?.name);
    expect(new Set(handlers)).toEqual(new Set(['李敏', '王强']));
  });

  it('keeps every reading once', async () => {
    const operator = product.as('operator');
    const deviceId = outcomes[0]?.alert.deviceId ?? '';
    const from = new Date(series.points[0]?.ts ?? 0).toISOString();
    const to = new Date((series.points.at(-1)?.ts ?? 0) + 1).toISOString();
    const path = `/api/telemetry/${deviceId}?metric=temperature&bucket=P1D&from=${from}&to=${to}`;
    const { buckets } = await operator.get<{ buckets: { count: number }[] }>(path);
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(new Set(series.points.map(({ ts }) => ts)).size);
  });
});
