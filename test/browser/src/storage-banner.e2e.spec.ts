import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ownDistrict, type OwnDistrict } from '@brain/test-e2e';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { openBrowser, screenshot, signIn } from './browser.fixture.js';

const FULL = { ready: false, checks: { storage: { ready: false, detail: 'STORAGE_FULL: 3 MB are free in the data folder' } } };

describe('the control room of a server whose disk is full', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let page: Page;
  beforeAll(async () => {
    product = await ownDistrict();
    const browser = await openBrowser({ width: 1600, height: 900 });
    undo(() => browser.close());
    page = await browser.page();
  });

  it('says so above every page, and no more when there is space', async () => {
    await page.route('**/readyz', (route) => route.fulfill({ status: 503, json: FULL }));
    await signIn(page, product.url, product.credential('administrator'));
    const banner = page.getByTestId('storage-banner');
    await banner.waitFor();
    expect(await banner.innerText()).toContain('磁盘已满');
    await page.getByTestId('nav-devices').click();
    expect(await banner.isVisible()).toBe(true);
    await screenshot(page, 'storage-full');
    await page.unroute('**/readyz');
    await page.reload();
    await page.getByTestId('nav-devices').waitFor();
    await expect(banner.waitFor({ state: 'hidden' })).resolves.toBeUndefined();
  });
});
