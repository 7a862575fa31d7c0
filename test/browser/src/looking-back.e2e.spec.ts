import { beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync } from 'mqtt';
import type { Locator, Page } from 'playwright-core';
import type { AlertView, PastChanges } from '@brain/contracts';
import { defineRule, drawBoundaries, ownDistrict, registerDevice, registerWorker, type OwnDistrict } from '@brain/test-e2e';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { eventually } from '@brain/testing';
import { openBrowser, screenshot, signIn } from './browser.fixture.js';

const SECOND = 1000;

describe('looking back at the dashboard', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let page: Page;
  let alert: AlertView;
  /** When all was quiet, when the screens showed the alert, and when its acknowledgement. */
  let quiet: number;
  let raised: number;
  let acknowledged: number;
  const written: string[] = [];

  beforeAll(async () => {
    product = await ownDistrict();
    const [admin, operator] = [product.as('administrator'), product.as('operator')];
    await drawBoundaries(admin, product);
    await registerWorker(admin, '李敏', 'on-duty', product.community);
    const { deviceId, accessToken } = await registerDevice(admin, '1栋电梯机房', 'temperature', product.grid);
    await defineRule(admin, deviceId, { for: 'PT0S', name: '电梯机房过热', openCase: { category: '01076', title: '电梯机房温度过高' } });
    quiet = Date.now();
    const device = await connectAsync(product.mqttUrl, { username: accessToken, protocolVersion: 4 });
    await device.publishAsync('v1/devices/me/telemetry', JSON.stringify({ ts: Date.now(), values: { temperature: 71.5 } }), { qos: 1 });
    await device.endAsync();
    alert = await eventually(async () => {
      const [found] = (await operator.get<{ items: AlertView[] }>(`/api/alerts?areaCode=${product.community}`)).items;
      expect(found?.caseId).toEqual(expect.any(String));
      return found as AlertView;
    });
    await operator.post(`/api/alerts/${alert.alertId}/acknowledge`, {});
    ({ raised, acknowledged } = await eventually(async () => {
      const { items } = await operator.get<PastChanges>(`/api/audit/room/changes?from=${new Date(quiet).toISOString()}&to=${new Date(Date.now() - 1).toISOString()}&as=recorded`);
      const of = (state: string): number => Date.parse(items.find(({ topic, data }) => topic === 'alert' && data.state === state)?.at ?? '');
      const times = { raised: of('ACTIVE_UNACK'), acknowledged: of('ACTIVE_ACK') };
      for (const time of Object.values(times)) expect(time).toBeGreaterThan(0);
      return times;
    }));
    const browser = await openBrowser({ width: 1600, height: 900 });
    undo(() => browser.close());
    page = await browser.page();
    await signIn(page, product.url, product.credential('operator'));
    await byId('nav-live').waitFor();
    page.on('request', (request) => {
      if (request.method() !== 'GET' && !request.url().includes('/api/auth/') && request.url().includes('/api/')) written.push(request.url());
    });
    // The past ends a little before now: until then there is nothing to play.
    await eventually(() => expect(Date.now()).toBeGreaterThan(acknowledged + 12 * SECOND), { timeoutMs: 30_000 });
  });

  const byId = (id: string): Locator => page.getByTestId(id);
  const row = (state: string): Locator => page.locator(`[data-testid=alert-row][data-alert-id="${alert.alertId}"][data-state=${state}]`);
  const open = async (at: number, speed = 10): Promise<void> => {
    await page.goto(`${product.url}/past?at=${new Date(at).toISOString()}&speed=${speed}`);
    await byId('past').waitFor();
    await byId('past-loading').waitFor({ state: 'hidden' });
  };
  const shownAt = async (): Promise<number> => Date.parse((await byId('past-moment').getAttribute('datetime')) ?? '');

  it('shows a moment before the alert without it, and a moment after with it', async () => {
    await open(quiet);
    expect(await page.locator('[data-testid=alert-row]').count()).toBe(0);
    await page.locator('[data-testid=workload-row][data-open-cases="0"]').waitFor();
    await screenshot(page, '30-past-before');
    await open(raised);
    await row('ACTIVE_UNACK').waitFor();
    await screenshot(page, '31-past-after');
  });

  it('says in every way that this is the past, and offers nothing that can be done', async () => {
    await byId('past-badge').waitFor();
    expect(await byId('past-moment').innerText()).toContain(new Date(raised + 8 * 3_600_000).toISOString().slice(11, 19));
    expect(await byId('connection-state').count()).toBe(0);
    expect(await byId('alert-ack').count()).toBe(0);
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.keyboard.press('n');
    await page.keyboard.press('Enter');
    await byId('alert-detail').waitFor();
    await byId('past-note').waitFor();
    expect(await byId('alert-detail-ack').count()).toBe(0);
    await screenshot(page, '32-past-alert');
    expect(new URL(page.url()).pathname).toBe('/past');
    expect(written).toEqual([]);
  });

  it('opens the case as it was then, with nothing that can be done', async () => {
    await open(acknowledged + SECOND);
    await row('ACTIVE_ACK').getByRole('button').first().click();
    await byId('past-open-case').click();
    await byId('case-detail').waitFor();
    await byId('history-entry').first().waitFor();
    expect(await page.locator('[data-testid^=case-command-]').count()).toBe(0);
    await screenshot(page, '33-past-case');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  it('plays on from before the alert through its acknowledgement', async () => {
    await open(raised - 2 * SECOND, 1);
    expect(await page.locator('[data-testid=alert-row]').count()).toBe(0);
    await page.keyboard.press('Space');
    await row('ACTIVE_UNACK').or(row('ACTIVE_ACK')).waitFor();
    await row('ACTIVE_ACK').waitFor();
    await page.keyboard.press('Space');
    await page.locator('[data-testid=past-play][data-state=paused]').waitFor();
    expect(await shownAt()).toBeGreaterThanOrEqual(Math.floor(acknowledged / SECOND) * SECOND);
    await screenshot(page, '34-past-played');
  });

  it('goes from change to change, and its address follows', async () => {
    await open(raised - 1);
    await page.keyboard.press(']');
    await eventually(async () => expect(await shownAt()).toBe(Math.floor(raised / SECOND) * SECOND));
    await eventually(() => expect(Date.parse(new URL(page.url()).searchParams.get('at') ?? '')).toBe(raised));
    await open(acknowledged + 1);
    await page.keyboard.press('[');
    await eventually(async () => expect(await shownAt()).toBe(Math.floor(acknowledged / SECOND) * SECOND));
  });

  it('is as it turned out on request, and goes back with the browser', async () => {
    await open(raised);
    await byId('past-axis').getByText('事后所知').click();
    await eventually(() => expect(new URL(page.url()).searchParams.get('as')).toBe('occurred'));
    await row('ACTIVE_UNACK').or(row('ACTIVE_ACK')).waitFor();
    await page.goBack();
    await eventually(() => expect(new URL(page.url()).searchParams.get('as')).toBe('recorded'));
    await row('ACTIVE_UNACK').waitFor();
  });

  it('stops at now and leads back to the live view', async () => {
    await open(raised, 600);
    await page.keyboard.press('Space');
    await byId('past-at-now').waitFor();
    await screenshot(page, '35-past-at-now');
    await byId('past-live').click();
    await page.locator('[data-testid=connection-state][data-state=connected]').waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('says that a moment has not come yet, and that before the first record there was nothing', async () => {
    await page.goto(`${product.url}/past?at=${new Date(Date.now() + 3_600_000).toISOString()}`);
    await byId('past-failed').getByText('AT_IN_FUTURE').waitFor();
    await open(Date.parse('2001-01-01T00:00:00Z'));
    await byId('past-empty').or(byId('past-failed').getByText('PAST_NOT_KEPT')).waitFor();
  });

  it('reads the same in English and light', async () => {
    await open(acknowledged);
    await byId('locale-switch').click();
    await byId('theme-switch').click();
    await page.getByText('Back to live').first().waitFor();
    await screenshot(page, '36-past-english-light');
    await page.setViewportSize({ width: 1280, height: 720 });
    await screenshot(page, '37-past-english-1280');
  });
});
