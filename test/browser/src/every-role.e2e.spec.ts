import { beforeAll, describe, expect, it } from '@jest/globals';
import mqtt from 'mqtt';
import type { Page } from 'playwright-core';
import { ROLES, type AlertView, type Role } from '@brain/contracts';
import { defineRule, drawBoundaries, ownDistrict, registerDevice, registerWorker, type OwnDistrict } from '@brain/test-e2e';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { eventually } from '@brain/testing';
import { openBrowser, signIn } from './browser.fixture.js';

/** The pages that each role finds in its menu. */
const PAGES: Readonly<Record<Role, readonly string[]>> = {
  administrator: ['live', 'cases', 'alerts', 'devices', 'ingestion', 'rules', 'staff', 'past'],
  'security-administrator': ['accounts'],
  operator: ['live', 'cases', 'alerts', 'devices', 'ingestion', 'rules', 'staff', 'past'],
  'grid-worker': ['live', 'cases', 'alerts'],
  evaluator: ['live', 'cases', 'alerts', 'rules', 'staff', 'evaluation', 'audit', 'past'],
  auditor: ['live', 'cases', 'alerts', 'devices', 'ingestion', 'rules', 'staff', 'evaluation', 'audit', 'past'],
};

describe('the dashboard of each role', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let alert: AlertView;

  beforeAll(async () => {
    product = await ownDistrict();
    const admin = product.as('administrator');
    await drawBoundaries(admin, product);
    await registerWorker(admin, '陈静', 'on-duty', product.community);
    const { deviceId, accessToken } = await registerDevice(admin, '电梯机房', 'temperature', product.grid);
    await defineRule(admin, deviceId, { for: 'PT0S' });
    const client = await mqtt.connectAsync(product.mqttUrl, { username: accessToken });
    undo(() => client.endAsync(true));
    await client.publishAsync('v1/devices/me/telemetry', '{"temperature": 70}', { qos: 1 });
    alert = await eventually(async () => {
      const [raised] = (await product.as('operator').get<{ items: AlertView[] }>(`/api/alerts?deviceId=${deviceId}`)).items;
      expect(raised?.caseId ?? null).not.toBeNull();
      return raised as AlertView;
    }, { timeoutMs: 30_000 });
  });

  /** What the server refused a page, and how to know that the page asks for nothing more. */
  const watch = (page: Page) => {
    const refused: string[] = [];
    let underWay = 0;
    page.on('request', () => (underWay += 1));
    page.on('requestfinished', () => (underWay -= 1));
    page.on('requestfailed', () => (underWay -= 1));
    page.on('response', (response) => {
      if (response.status() === 403) refused.push(`${response.request().method()} ${new URL(response.url()).pathname}`);
    });
    const settled = async (): Promise<void> => {
      await page.locator('main .page, main [data-testid=alert-feed]').first().waitFor();
      for (let quiet = 0; quiet < 3; quiet = underWay === 0 ? quiet + 1 : 0) await page.waitForTimeout(100);
    };
    return { refused, settled };
  };

  it.each(ROLES)('offers the %s the pages that the role may see, and asks for nothing that is refused', async (role) => {
    const browser = await openBrowser({ width: 1600, height: 900 });
    undo(() => browser.close());
    const page = await browser.page();
    const { refused, settled } = watch(page);
    await signIn(page, product.url, product.credential(role));
    const links = page.locator('[data-testid^=nav-]');
    await links.first().waitFor();
    const offered = await links.evaluateAll((found) => found.map((link) => String(link.getAttribute('data-testid')).replace('nav-', '')));
    expect(offered).toEqual(PAGES[role]);
    for (const key of offered) {
      await page.getByTestId(`nav-${key}`).click();
      await settled();
    }
    for (const [key, path, detail] of [['alerts', `/alerts?alert=${alert.alertId}`, 'alert-detail'], ['cases', `/cases?case=${String(alert.caseId)}`, 'case-detail']] as const) {
      if (!offered.includes(key)) continue;
      await page.goto(`${product.url}${path}`);
      await page.getByTestId(detail).waitFor();
      await settled();
    }
    expect(refused).toEqual([]);
    await browser.close();
  });
});
