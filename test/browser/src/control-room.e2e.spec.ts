import { beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Locator, Page } from 'playwright-core';
import type { AlertView, CaseView } from '@brain/contracts';
import type { ApiClient } from '@brain/local/api-client';
import { defineRule, drawBoundaries, killableDistrict, registerDevice, registerWorker, type KillableDistrict } from '@brain/test-e2e';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { eventually } from '@brain/testing';
import { openBrowser, screenshot, signIn } from './browser.fixture.js';

describe('the operator at the dashboard', () => {
  const undo = undoAfterAll();
  let product: KillableDistrict;
  let page: Page;
  let operator: ApiClient;
  let device: MqttClient;
  let worker: string;
  let ts = Date.now() - 600_000;

  beforeAll(async () => {
    product = await killableDistrict();
    operator = product.as('operator');
    const admin = product.as('administrator');
    await drawBoundaries(admin, product);
    worker = await registerWorker(admin, '李敏', 'on-duty', product.community);
    const { deviceId, accessToken } = await registerDevice(admin, '1栋电梯机房', 'temperature', product.grid);
    await defineRule(admin, deviceId, { for: 'PT0S' });
    device = await connectAsync(product.mqttUrl, { username: accessToken, protocolVersion: 4 });
    undo(() => device.endAsync());
    const browser = await openBrowser({ width: 1366, height: 768 });
    undo(() => browser.close());
    page = await browser.page();
  });

  const publish = (temperature: number) =>
    device.publishAsync('v1/devices/me/telemetry', JSON.stringify({ ts: (ts += 1000), values: { temperature } }), { qos: 1 });
  const byId = (id: string): Locator => page.getByTestId(id);
  const cases = async () => (await operator.get<{ items: CaseView[] }>(`/api/cases?areaCode=${product.community}`)).items;
  const connection = (state: string) => page.locator(`[data-testid=connection-state][data-state=${state}]`);

  it('is refused with a wrong password', async () => {
    await signIn(page, product.url, { ...product.credential('operator'), password: 'not the password' });
    await page.getByRole('alert').first().waitFor();
    await screenshot(page, '01-sign-in-refused');
  });

  it('signs in and is connected', async () => {
    await signIn(page, product.url, product.credential('operator'));
    await connection('connected').waitFor();
    await page.locator(`[data-testid=workload-row][data-staff-id="${worker}"]`).waitFor();
    await screenshot(page, '02-live-view');
  });

  it('sees an alert arrive without touching anything, and the worker’s load with it', async () => {
    await publish(70);
    await page.locator('[data-testid=alert-row][data-state=ACTIVE_UNACK]').first().waitFor();
    await page.locator(`[data-testid=workload-row][data-staff-id="${worker}"][data-open-cases="1"]`).waitFor();
    await screenshot(page, '03-alert-arrived');
  });

  it('reads in the name of the tab how many alerts wait', async () => {
    await eventually(async () => expect(await page.title()).toMatch(/^\(\d+\) 社区大脑$/u));
  });

  it('acknowledges it', async () => {
    await byId('alert-ack').first().click();
    await page.locator('[data-testid=alert-row][data-state=ACTIVE_ACK]').first().waitFor();
    await screenshot(page, '04-acknowledged');
  });

  it('comments on it, refused while empty, and reads the comment in its history', async () => {
    const { items } = await operator.get<{ items: AlertView[] }>(`/api/alerts?areaCode=${product.community}`);
    await page.goto(`${product.url}/alerts?alert=${items[0]?.alertId ?? ''}`);
    await byId('alert-detail').getByRole('button', { name: '备注' }).click();
    const dialog = page.getByRole('dialog').filter({ has: page.getByRole('textbox') });
    await dialog.getByRole('button').last().click();
    await page.getByText('请先填写内容。').waitFor();
    await dialog.getByRole('textbox').fill('已电话通知物业');
    await dialog.getByRole('button').last().click();
    await dialog.waitFor({ state: 'hidden' });
    await byId('history').getByText('已电话通知物业').waitFor();
    const types = await byId('history-entry').evaluateAll((entries) => entries.map((entry) => entry.getAttribute('data-type')));
    expect(types[0]).toBe('alerting.alert-commented.v1');
    expect(types).toContain('alerting.alert-acknowledged.v1');
    expect(types.at(-1)).toBe('alerting.alert-raised.v1');
    await screenshot(page, '04b-alert-history');
    await page.keyboard.press('Escape');
  });

  it('takes the case to its end on the board', async () => {
    await byId('nav-cases').click();
    const card = byId('case-card').first();
    await card.waitFor();
    await card.click();
    await screenshot(page, '05-case');
    for (const [command, state] of [
      ['start', 'in-progress'],
      ['complete', 'completed'],
      ['verify', 'verified'],
      ['close', 'closed'],
    ] as const) {
      await byId(`case-command-${command}`).click();
      await answerDialog(state);
      await stateOf(state).waitFor();
    }
    await screenshot(page, '06-case-closed');
    await eventually(async () => expect((await cases())[0]?.state).toBe('closed'));
  });

  it('shows a refused payload in the list', async () => {
    await device.publishAsync('v1/devices/me/telemetry', '{"temperature": NaN}', { qos: 1 });
    await page.keyboard.press('Escape');
    await byId('case-drawer').waitFor({ state: 'hidden' });
    await byId('nav-ingestion').click();
    await byId('refused-table').getByText('PAYLOAD_NOT_JSON').first().waitFor();
    await screenshot(page, '07-refused-payload');
  });

  it('reconnects without a gap when the gateway was gone', async () => {
    await byId('nav-live').click();
    await connection('connected').waitFor();
    await product.kill('operations-gateway');
    await page.locator('[data-testid=connection-state]:not([data-state=connected])').waitFor();
    await screenshot(page, '08-disconnected');
    await publish(20);
    await publish(75);
    await connection('connected').waitFor({ timeout: 60_000 });
    await page.locator('[data-testid=alert-row][data-state=ACTIVE_UNACK]').first().waitFor({ timeout: 60_000 });
    await screenshot(page, '09-reconnected');
  });

  it('is told that a page cannot be loaded, keeps the others, and comes anew once the server answers', async () => {
    await page.route(/rules\.page/u, (route) => route.abort());
    await byId('nav-rules').click();
    await byId('page-not-loaded').waitFor();
    await connection('connected').waitFor();
    await screenshot(page, '09b-page-not-loaded');
    await page.unroute(/rules\.page/u);
    await byId('page-not-loaded').getByRole('button').first().click();
    await byId('rule-table').waitFor();
    await byId('nav-live').click();
    await connection('connected').waitFor();
  });

  it('is in English and light on request', async () => {
    await byId('locale-switch').click();
    await byId('theme-switch').click();
    await page.setViewportSize({ width: 3840, height: 2160 });
    await screenshot(page, '10-english-light-4k');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  /** Some commands open a dialog and ask for words, others are done at once. */
  async function answerDialog(state: string): Promise<void> {
    const submit = byId('case-command-submit');
    await submit.or(stateOf(state)).first().waitFor();
    if (!(await submit.isVisible())) return;
    const result = byId('case-field-result');
    if (await result.isVisible()) await result.fill('电梯风扇已更换');
    await submit.click();
  }

  function stateOf(state: string): Locator {
    return page.locator(`[data-testid=case-state][data-state=${state}]`);
  }
});
