import { beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync } from 'mqtt';
import { text } from 'node:stream/consumers';
import type { Locator, Page } from 'playwright-core';
import type { CaseView } from '@brain/contracts';
import { defineRule, drawBoundaries, ownDistrict, registerDevice, registerWorker, type OwnDistrict } from '@brain/test-e2e';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { eventually } from '@brain/testing';
import { openBrowser, screenshot, signIn } from './browser.fixture.js';

const CLOSED = 'case-management.case-closed.v1';
const RAISED = 'alerting.alert-raised.v1';

describe('the auditor at the dashboard', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let page: Page;
  let closed: CaseView;

  beforeAll(async () => {
    product = await ownDistrict();
    closed = await aClosedCase();
    const browser = await openBrowser({ width: 1600, height: 900 });
    undo(() => browser.close());
    page = await browser.page();
    await signIn(page, product.url, product.credential('auditor'));
    await byId('nav-audit').click();
  });

  const byId = (id: string): Locator => page.getByTestId(id);
  const rows = (type: string): Locator => page.locator(`[data-testid=audit-table] [data-type="${type}"]`);
  const node = (type: string): Locator => page.locator(`.story-node[data-type="${type}"]`);
  const search = (): URLSearchParams => new URL(page.url()).searchParams;

  /** From a hot reading to a closed case, as the services and an operator record it. */
  async function aClosedCase(): Promise<CaseView> {
    const [admin, operator] = [product.as('administrator'), product.as('operator')];
    await drawBoundaries(admin, product);
    await registerWorker(admin, '李敏', 'on-duty', product.community);
    const { deviceId, accessToken } = await registerDevice(admin, '1栋电梯机房', 'temperature', product.grid);
    await defineRule(admin, deviceId, { for: 'PT0S', name: '电梯机房过热', openCase: { category: '01076', title: '电梯机房温度过高' } });
    const device = await connectAsync(product.mqttUrl, { username: accessToken, protocolVersion: 4 });
    await device.publishAsync('v1/devices/me/telemetry', JSON.stringify({ ts: Date.now() - 60_000, values: { temperature: 71.5 } }), { qos: 1 });
    const { caseId } = await eventually(async () => {
      const [found] = (await operator.get<{ items: CaseView[] }>(`/api/cases?areaCode=${product.community}`)).items;
      expect(found?.state).toBe('dispatched');
      return found as CaseView;
    });
    await device.publishAsync('v1/devices/me/telemetry', JSON.stringify({ ts: Date.now(), values: { temperature: 30 } }), { qos: 1 });
    await device.endAsync();
    const command = (name: string, body: object = {}) => operator.post<CaseView>(`/api/cases/${caseId}/${name}`, body);
    await expect(command('close')).rejects.toThrow('CASE_STATE_WRONG');
    await command('start');
    await command('extend', { reason: '等待配件', dueAt: new Date(Date.now() + 48 * 3_600_000).toISOString() });
    await command('complete', { result: '已更换风扇', evidence: [] });
    await command('verify');
    const last = await command('close');
    await eventually(async () => {
      const { items } = await product.as('auditor').get<{ items: unknown[] }>(`/api/audit/events?case=${caseId}&type=${CLOSED}`);
      expect(items).toHaveLength(1);
    });
    return last;
  }

  it('finds the events of a case by its number, and the search is in the address', async () => {
    await rows(CLOSED).first().waitFor();
    // Whose account it was, by name.
    await rows(CLOSED).first().getByText('operator', { exact: true }).waitFor();
    await screenshot(page, '20-audit-list');
    await byId('audit-case').fill(closed.number);
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await rows('case-management.case-reported.v1').count()).toBe(1));
    await eventually(async () => expect(await rows('sensor-ingestion.device-registered.v1').count()).toBe(0));
    expect(search().get('case')).toBe(closed.number);
  });

  it('sees what an event changed', async () => {
    await rows('case-management.case-extended.v1').getByRole('button').click();
    const due = byId('audit-changes').locator('tr[data-kind=changed]', { hasText: '时限' });
    await due.waitFor();
    await screenshot(page, '21-audit-changes');
    await page.keyboard.press('Escape');
  });

  it('goes from a closing back to the reading, and from the alert on to the closing', async () => {
    await rows(CLOSED).click();
    await byId('audit-story-tab').click();
    await node('reading').first().waitFor();
    await node(RAISED).waitFor();
    await screenshot(page, '22-audit-story-of-closing');
    await node(RAISED).focus();
    await page.keyboard.press('Enter');
    await page.locator(`[data-testid=audit-detail]`, { hasText: RAISED }).waitFor();
    await byId('audit-story-tab').click();
    await node(CLOSED).waitFor();
    await screenshot(page, '23-audit-story-of-alert');
    await page.goBack();
    await page.locator(`[data-testid=audit-detail]`, { hasText: CLOSED }).waitFor();
  });

  it('sees in the story what was refused, to whom and why, and opens it', async () => {
    await byId('audit-story-tab').click();
    await page.locator('.story-node[data-kind=refused]').waitFor();
    await screenshot(page, '28-audit-story-refused');
    await byId('audit-story').getByText('列表').click();
    const refused = byId('audit-story-list').locator('[data-place=refused]');
    await refused.getByText('CASE_STATE_WRONG').waitFor();
    await refused.getByRole('button', { name: '已拒绝：结案' }).press('Enter');
    await page.locator('[data-testid=audit-detail]', { hasText: 'case-management.command-refused.v1' }).waitFor();
    await page.goBack();
    await page.locator('[data-testid=audit-detail]', { hasText: CLOSED }).waitFor();
  });

  it('checks the proof of an event on this computer, and not with a wrong key', async () => {
    await byId('audit-proof-tab').click();
    await byId('audit-check-proof').click();
    await byId('audit-verdict').getByText('证明成立').waitFor();
    await screenshot(page, '24-audit-proof');
    const key = byId('audit-proof').getByLabel('日志公钥');
    await key.fill((await key.inputValue()).replace(/^[^+]+/, 'another.example'));
    await byId('audit-check-proof').click();
    await byId('audit-verdict').getByText('证明不成立').waitFor();
  });

  it('finds out a server that shows one thing and proves another', async () => {
    const events = /\/api\/audit\/events\/[0-9a-f-]{36}$/;
    await page.route(events, async (route) => {
      const response = await route.fetch();
      const event = (await response.json()) as { data: { onTime: boolean } };
      await route.fulfill({ response, json: { ...event, data: { ...event.data, onTime: !event.data.onTime } } });
    });
    await page.reload();
    await byId('audit-proof-tab').click();
    await byId('audit-check-proof').click();
    await byId('audit-verdict').getByText('SHOWN_OTHERWISE').waitFor();
    await screenshot(page, '29-audit-shown-otherwise');
    await page.unroute(events);
    await page.reload();
    await byId('audit-detail').waitFor();
  });

  it('finds words of the record', async () => {
    await page.keyboard.press('Escape');
    await byId('audit-drawer').waitFor({ state: 'hidden' });
    await page.getByRole('search').getByRole('button', { name: /重\s*置/ }).click();
    await byId('audit-q').fill('风扇');
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await rows(CLOSED).count()).toBe(0));
    await rows('case-management.case-completed.v1').waitFor();
  });

  it('takes what was found home as a file', async () => {
    await byId('audit-export').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('dialog').getByRole('button', { name: '开始导出' }).click()]);
    const lines = (await text(await download.createReadStream())).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { data: { result: string } }).data.result)).toEqual(['已更换风扇']);
  });

  it('reads the same in English and light', async () => {
    await byId('locale-switch').click();
    await byId('theme-switch').click();
    await page.goto(`${product.url}/audit?case=${closed.number}`);
    await rows(CLOSED).click();
    await byId('audit-story-tab').click();
    await node(RAISED).waitFor();
    await screenshot(page, '25-audit-english-light');
    await page.getByText('List', { exact: true }).click();
    await byId('audit-story-list').waitFor();
    await screenshot(page, '26-audit-english-list');
  });

  it('says that a word is not one', async () => {
    await page.goto(`${product.url}/audit?q=%25`);
    await page.getByRole('alert').getByText('VALIDATION_FAILED').waitFor();
    await page.getByText('has no word to look for').waitFor();
    await screenshot(page, '27-audit-refused');
  });
});
