import { beforeAll, expect, it } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import { SERVICES, type AlertView, type HistoryEntry, type CaseView, type StaffWorkload } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { ApiRefusal, type ApiClient } from '@brain/local/api-client';
import { COMMUNITY, defineRule, importAreas, OTHER_COMMUNITY, registerDevice, registerWorker } from './district.js';
import { connectOperations, type OperationsSocket } from './operations-socket.js';
import { startProduct, type ProductOptions, type RunningProduct } from './running-product.js';
import { undoAfterAll } from './undo-after-all.js';

/**
 * The whole way of the product, once: a reading becomes an alert, a case, a workload, a score, and replays. Whatever
 * engines the options choose, the same is expected.
 */
export function theWayThrough(options: () => ProductOptions = () => ({})): void {
  const undo = undoAfterAll();
  let product: RunningProduct;
  let admin: ApiClient;
  let operator: ApiClient;
  let screens: OperationsSocket[] = [];
  let device: { deviceId: string; accessToken: string };
  let client: MqttClient | undefined;
  let worker: string;
  let alert: AlertView;
  let theCase: CaseView;
  const start = Date.now() - 3_600_000;

  beforeAll(async () => {
    product = await startProduct(options());
    undo(() => product.stop());
    admin = product.as('administrator');
    operator = product.as('operator');
  });

  const publish = (minutes: number, temperature: number) =>
    client?.publishAsync('v1/devices/me/telemetry', JSON.stringify({ ts: start + minutes * 60_000, values: { temperature } }), { qos: 1 });
  const alerts = async () => (await operator.get<{ items: AlertView[] }>(`/api/alerts?deviceId=${device.deviceId}`)).items;
  const command = (name: string, body: object = {}, headers: Record<string, string> = {}) =>
    operator.post<CaseView>(`/api/cases/${theCase.caseId}/${name}`, body, { headers });
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'accepted',
      (error: unknown) => (error instanceof ApiRefusal ? error.problem.code : String(error)),
    );

  it('takes areas, staff, a device and a rule from the administrator', async () => {
    await importAreas(admin);
    worker = await registerWorker(admin, '李敏');
    await registerWorker(admin, '王强', 'off-duty');
    await registerWorker(admin, '赵磊', 'on-duty', OTHER_COMMUNITY);
    device = await registerDevice(admin, '1栋电梯机房');
    await defineRule(admin, device.deviceId);
    const { accessToken } = await signIn('operator');
    screens = [await connectOperations(product.url, accessToken), await connectOperations(product.url, accessToken)];
    for (const screen of screens) undo(() => screen.close());
    for (const screen of screens) {
      const answer = await screen.subscribe({ areas: [COMMUNITY], topics: ['alert', 'case', 'workload', 'device'] });
      expect(answer.ok).toBe(true);
    }
    client = await connectAsync(product.mqttUrl, { username: device.accessToken, protocolVersion: 4 });
    undo(() => client?.endAsync(true));
  });

  it('acknowledges readings and gives them back in buckets', async () => {
    await publish(0, 41);
    await publish(1, 43);
    await eventually(async () => {
      const path = `/api/telemetry/${device.deviceId}?metric=temperature&bucket=PT1H&from=${iso(start - 3_600_000)}&to=${iso(start + 3_600_000)}`;
      const { buckets } = await operator.get<{ buckets: { count: number; max: number }[] }>(path);
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(2);
      expect(Math.max(...buckets.map(({ max }) => max))).toBe(43);
    });
  });

  it('raises one alert once the condition has held for two minutes of event time', async () => {
    await publish(2, 61);
    await publish(3, 62);
    await publish(4, 63);
    await eventually(async () => expect(await alerts()).toHaveLength(1));
    [alert] = (await alerts()) as [AlertView];
    expect(alert).toMatchObject({ state: 'ACTIVE_UNACK', severity: 'CRITICAL', raisedAt: iso(start + 4 * 60_000) });
  });

  it('counts repeats up instead of raising a second one', async () => {
    await publish(5, 64);
    await publish(6, 64);
    await eventually(async () => {
      const all = await alerts();
      expect(all).toHaveLength(1);
      expect(all[0]?.occurrences).toBeGreaterThan(1);
    });
  });

  it('shows the alert on every screen and opens a case for the worker on duty there', async () => {
    await eventually(() => {
      for (const screen of screens) expect(screen.changes.some(({ topic }) => topic === 'alert')).toBe(true);
    });
    theCase = await eventually(async () => {
      const [found] = (await operator.get<{ items: CaseView[] }>(`/api/cases?areaCode=${COMMUNITY}`)).items;
      expect(found).toMatchObject({ state: 'dispatched', assignee: { staffId: worker }, source: { alertId: alert.alertId } });
      return found as CaseView;
    });
    expect(Date.parse(theCase.dueAt)).toBeGreaterThan(Date.now());
    await eventually(async () => expect((await alerts())[0]?.caseId).toBe(theCase.caseId));
  });

  it('shows the worker’s load on every open screen', async () => {
    await eventually(() => {
      for (const screen of screens) expect(lastWorkload(screen, worker)).toMatchObject({ openCases: 1 });
    });
  });

  it('clears the alert when clearWhen holds, and lets the operator acknowledge it', async () => {
    await publish(7, 50);
    await eventually(async () => expect((await alerts())[0]?.state).toBe('CLEARED_UNACK'));
    await operator.post(`/api/alerts/${alert.alertId}/acknowledge`, {});
    await eventually(async () => expect((await alerts())[0]?.state).toBe('CLEARED_ACK'));
  });

  it('refuses a step from the wrong state, by the wrong role, and with a stale revision', async () => {
    expect(await codeOf(command('close'))).toMatch(/^CASE_/);
    expect(await codeOf(product.as('auditor').post(`/api/cases/${theCase.caseId}/start`, {}))).toBe('ROLE_NOT_ALLOWED');
    expect(await codeOf(command('start', {}, { 'if-match': '"0"' }))).toBe('REVISION_STALE');
  });

  it('takes the case to its end, once per Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'start-once' };
    const started = await command('start', {}, key);
    expect(await command('start', {}, key)).toMatchObject({ state: 'in-progress', revision: started.revision });
    expect(await command('complete', { result: 'fan replaced', evidence: [] })).toMatchObject({ state: 'completed' });
    expect(await command('verify', { comment: 'looks good' })).toMatchObject({ state: 'verified' });
    expect(await command('close')).toMatchObject({ state: 'closed' });
    await eventually(() => {
      for (const screen of screens) expect(lastWorkload(screen, worker)).toMatchObject({ openCases: 0 });
    });
  });

  it('moves a reported case through accept and dispatch by hand', async () => {
    const opened = await operator.post<CaseView>('/api/cases', {
      category: '09012',
      title: '消防通道被占用',
      areaCode: `${COMMUNITY}001`,
      source: { kind: 'hotline' },
    });
    expect(opened.state).toBe('reported');
    const at = (name: string, body: object = {}) => operator.post<CaseView>(`/api/cases/${opened.caseId}/${name}`, body);
    expect(await codeOf(at('dispatch', { assignee: worker }))).toMatch(/^CASE_/);
    expect((await at('accept')).state).toBe('accepted');
    expect(await at('dispatch', {})).toMatchObject({ state: 'dispatched', assignee: { staffId: worker } });
    expect((await at('start')).state).toBe('in-progress');
    expect((await at('complete', { result: 'cleared', evidence: [] })).state).toBe('completed');
    expect((await at('verify', {})).state).toBe('verified');
    expect((await at('close')).state).toBe('closed');
  });

  it('shows the evaluator the whole history with actor, time and cause', async () => {
    const evaluator = product.as('evaluator');
    const { history } = await evaluator.get<{ history: HistoryEntry[] }>(`/api/cases/${theCase.caseId}`);
    expect(history.map(({ type }) => type.split('.')[1])).toEqual([
      'case-reported',
      'case-accepted',
      'case-dispatched',
      'case-started',
      'case-completed',
      'case-verified',
      'case-closed',
    ]);
    for (const entry of history) expect(entry).toMatchObject({ actor: { id: expect.any(String) }, causationId: expect.any(String) });
    await eventually(async () => {
      const { items } = await evaluator.get<{ items: unknown[] }>(`/api/audit/events?subject=case-${theCase.caseId}`);
      expect(items).toHaveLength(history.length);
    });
  });

  it('scores the worker with the events behind the score', async () => {
    const evaluator = product.as('evaluator');
    const scored = await eventually(async () => {
      const { evaluationId } = await evaluator.post<{ evaluationId: string }>('/api/evaluations', {
        schemeId: 'on-time-closing',
        from: iso(Date.now() - 86_400_000),
        to: iso(Date.now() + 30 * 86_400_000),
      });
      const answer = await evaluator.get<{ scores: { staffId: string; denominator: number; evidence: unknown[] }[] }>(
        `/api/evaluations/${evaluationId}`,
      );
      const score = answer.scores.find(({ staffId }) => staffId === worker);
      expect(score?.denominator).toBe(2);
      return score;
    });
    expect(scored?.evidence.length).toBeGreaterThanOrEqual(2);
  });

  it('goes on after every service was killed, with nothing lost', async () => {
    for (const service of SERVICES) await product.kill(service);
    await eventually(
      async () => {
        const response = await fetch(`${product.url}/readyz`);
        expect(response.status).toBe(200);
      },
      { timeoutMs: 60_000 },
    );
    await eventually(() => publish(20, 70), { timeoutMs: 20_000 });
    await publish(23, 71);
    await eventually(async () => expect(await alerts()).toHaveLength(2), { timeoutMs: 20_000 });
    const cases = await operator.get<{ items: CaseView[] }>(`/api/cases?areaCode=${COMMUNITY}`);
    expect(cases.items.filter(({ state }) => state === 'closed')).toHaveLength(2);
  });

  it('replays to the same read tables', async () => {
    await eventually(
      async () => {
        const { code, output } = await product.brain('replay');
        expect(output).toContain('are identical to what the events say');
        expect(code).toBe(0);
      },
      { timeoutMs: 60_000 },
    );
  });

  async function signIn(role: 'operator'): Promise<{ accessToken: string }> {
    const response = await fetch(`${product.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signInOf(product.credential(role))),
    });
    return (await response.json()) as { accessToken: string };
  }
}

function signInOf({ username, password }: { username: string; password: string }) {
  return { username, password };
}

function iso(millis: number): string {
  return new Date(millis).toISOString();
}

function lastWorkload(screen: OperationsSocket, staffId: string): StaffWorkload | undefined {
  return screen.changes.findLast((change) => change.topic === 'workload' && change.data.staffId === staffId)?.data as
    | StaffWorkload
    | undefined;
}
