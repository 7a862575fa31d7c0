import type { AlertView, CaseView } from '@brain/contracts';
import type { ApiClient } from '../api/api-client.js';
import { officeRules } from './office-rules.js';
import { publishSeries } from './publish-series.js';
import type { Series } from './series-file.js';

const SETTLE_LIMIT_MS = 120_000;
const POLL_MS = 500;
/** Polls without a change before the results count as final. */
const QUIET_POLLS = 4;

export interface RunOptions {
  readonly admin: ApiClient;
  readonly operator: ApiClient;
  readonly mqttUrl: string;
  readonly areaCode: string;
  readonly metric: string;
  readonly speed: number;
  readonly onProgress: (sent: number) => void;
}

export interface SeriesOutcome {
  readonly alert: AlertView;
  readonly insideWindow: boolean;
  readonly caseView: CaseView | null;
}

/** Registers a device, sets rules on it, publishes the series through MQTT, and waits for what comes of it. */
export async function runSeries(series: Series, options: RunOptions): Promise<readonly SeriesOutcome[]> {
  const run = new Date().toISOString().slice(0, 19);
  const { deviceId, accessToken } = await options.admin.post<{ deviceId: string; accessToken: string }>('/api/devices', {
    name: `${series.name} ${run}`,
    // A kind of its own: the series is in °F, and the district's rules for temperature are in °C.
    kind: 'office-temperature',
    areaCode: options.areaCode,
    location: null,
  });
  const ruleIds: string[] = [];
  for (const rule of officeRules(run, deviceId, options.metric)) {
    ruleIds.push((await options.admin.post<{ ruleId: string }>('/api/rules', rule)).ruleId);
  }
  await publishSeries(series.points, { ...options, accessToken });
  await untilStored(options.operator, deviceId, series);
  const outcomes = await untilSettled(options.operator, deviceId);
  for (const ruleId of ruleIds) await options.admin.delete(`/api/rules/${ruleId}`);
  return outcomes.map((outcome) => ({ ...outcome, insideWindow: isInside(series, Date.parse(outcome.alert.raisedAt)) }));
}

async function untilStored(client: ApiClient, deviceId: string, series: Series): Promise<void> {
  const limit = Date.now() + SETTLE_LIMIT_MS;
  const last = series.points.at(-1)?.ts ?? 0;
  for (;;) {
    const path = `/api/telemetry/${deviceId}/latest`;
    const latest = await client.get<{ items: readonly { ts: number | string }[] }>(path);
    if (latest.items.some(({ ts }) => new Date(ts).getTime() >= last)) return;
    if (Date.now() > limit) throw new Error('The readings did not arrive in the time series');
    await pause();
  }
}

/** Final when nothing changes any more and every case that could be dispatched has been. */
async function untilSettled(client: ApiClient, deviceId: string): Promise<readonly Omit<SeriesOutcome, 'insideWindow'>[]> {
  const limit = Date.now() + SETTLE_LIMIT_MS;
  let before = '';
  for (let quiet = 0; ; ) {
    const outcomes = await outcomesOf(client, deviceId);
    const now = JSON.stringify(outcomes);
    quiet = now === before ? quiet + 1 : 0;
    before = now;
    const linked = outcomes.every(({ caseView }) => caseView !== null);
    if ((quiet >= QUIET_POLLS && linked) || Date.now() > limit) return outcomes;
    await pause();
  }
}

async function outcomesOf(client: ApiClient, deviceId: string) {
  const outcomes: Omit<SeriesOutcome, 'insideWindow'>[] = [];
  for await (const alert of client.list<AlertView>(`/api/alerts?deviceId=${deviceId}`)) {
    const caseView = alert.caseId === null ? null : await client.get<CaseView>(`/api/cases/${alert.caseId}`);
    outcomes.push({ alert, caseView });
  }
  return outcomes.sort((a, b) => a.alert.raisedAt.localeCompare(b.alert.raisedAt));
}

function isInside(series: Series, at: number): boolean {
  return series.windows.some(([from, to]) => from <= at && at <= to);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
