import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Account, OneTimePassword } from '@brain/contracts';
import { ownDistrict, type OwnDistrict } from '@brain/test-e2e';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { eventually } from '@brain/testing';
import { openBrowser, screenshot, signIn } from './browser.fixture.js';

const OWN = 'a rainy lift waits for nobody';
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1';

describe('a person and their sessions at the dashboard', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let page: Page;
  let given: string;

  beforeAll(async () => {
    product = await ownDistrict();
    const account = { username: 'chen.jing', name: '陈静', roles: ['operator'], areaCodes: [product.community], staffId: null };
    given = (await product.as('security-administrator').post<Account & OneTimePassword>('/api/accounts', account)).oneTimePassword;
    const browser = await openBrowser({ width: 1366, height: 768 });
    undo(() => browser.close());
    page = await browser.page();
  });

  const byId = (id: string): Locator => page.getByTestId(id);
  const rows = (): Locator => byId('session-table').locator('tbody tr.ant-table-row');
  const onThePhone = async (): Promise<string> => {
    const response = await fetch(`${product.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': PHONE },
      body: JSON.stringify({ username: 'chen.jing', password: OWN }),
    });
    return ((await response.json()) as { readonly accessToken: string }).accessToken;
  };
  const statusOf = async (token: string): Promise<number> =>
    (await fetch(`${product.url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status;
  const openSessions = async (): Promise<void> => {
    await byId('account').click();
    await byId('my-sessions').click();
    await byId('session-table').waitFor();
  };

  it('choose a password of their own at the first sign-in, and are told why one is refused', async () => {
    await signIn(page, product.url, { username: 'chen.jing', password: given });
    await byId('login-new-password').fill('woaini1314520');
    await byId('login-submit').click();
    await byId('login-error').getByText('这是常见密码').waitFor();
    await screenshot(page, '50-password-common');
    await byId('login-new-password').fill('Chen.Jing-2026-08');
    await byId('login-submit').click();
    await byId('login-error').getByText('密码不能包含用户名').waitFor();
    await byId('login-new-password').fill(OWN);
    await byId('login-submit').click();
    await byId('account').waitFor();
  });

  it('see where they are signed in, and end another session, whose token is refused at once', async () => {
    const token = await onThePhone();
    await openSessions();
    await eventually(async () => expect(await rows().count()).toBe(2));
    await rows().filter({ hasText: 'Safari 17' }).getByText('iOS').waitFor();
    await rows().filter({ hasText: '当前会话' }).getByText('Chrome').waitFor();
    await screenshot(page, '51-sessions');
    await rows().filter({ hasText: 'Safari 17' }).getByRole('button', { name: /^结束/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '结束' }).click();
    await eventually(async () => expect(await rows().count()).toBe(1));
    expect(await statusOf(token)).toBe(401);
  });

  it('end all others at once, in English and in the light theme, and stay', async () => {
    const tokens = [await onThePhone(), await onThePhone()];
    await byId('locale-switch').click();
    await byId('theme-switch').click();
    await page.reload();
    await eventually(async () => expect(await rows().count()).toBe(3));
    await screenshot(page, '52-sessions-english');
    await byId('sessions-end-others').click();
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
    await eventually(async () => expect(await rows().count()).toBe(1));
    expect(await Promise.all(tokens.map(statusOf))).toEqual([401, 401]);
    expect(await byId('sessions-end-others').isDisabled()).toBe(true);
  });

  it('are signed out by a sign-out, and the page says so', async () => {
    await rows().getByRole('button', { name: 'Sign out' }).click();
    await byId('login-username').waitFor();
  });
});
