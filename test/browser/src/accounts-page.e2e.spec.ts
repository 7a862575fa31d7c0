import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Account } from '@brain/contracts';
import { drawBoundaries, ownDistrict, type OwnDistrict } from '@brain/test-e2e';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { eventually } from '@brain/testing';
import { openBrowser, screenshot, signIn } from './browser.fixture.js';

describe('the security administrator at the dashboard', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let page: Page;

  beforeAll(async () => {
    product = await ownDistrict();
    await drawBoundaries(product.as('administrator'), product);
    const browser = await openBrowser({ width: 1600, height: 900 });
    undo(() => browser.close());
    page = await browser.page();
    await signIn(page, product.url, product.credential('security-administrator'));
  });

  const byId = (id: string): Locator => page.getByTestId(id);
  const row = (username: string): Locator => byId('account-table').getByRole('row').filter({ has: page.getByText(username, { exact: true }) });
  const search = (): Locator => byId('account-search').locator('input');
  const role = (name: string): Locator => byId('account-roles').getByRole('checkbox', { name });
  const account = async (username: string): Promise<Account | undefined> =>
    (await product.as('security-administrator').get<{ items: Account[] }>('/api/accounts')).items.find((one) => one.username === username);

  const addArea = async (): Promise<void> => {
    await byId('area-field').getByRole('combobox').fill(product.community);
    await page.keyboard.press('Escape');
    await byId('account-area-add').press('Enter');
    await byId('account-areas').getByText(product.community).first().waitFor();
  };

  it('comes to the accounts, and to nothing of the work of others', async () => {
    await row(product.credential('operator').username).waitFor();
    expect(await page.locator('[data-testid^=nav-]').count()).toBe(1);
    expect(await byId('connection-state').count()).toBe(0);
    await screenshot(page, '40-accounts');
    await search().fill('审计');
    await row(product.credential('auditor').username).waitFor();
    await eventually(async () => expect(await row(product.credential('operator').username).count()).toBe(0));
    await search().fill('没有这样的人');
    await byId('account-table').getByText('没有符合条件的账号').waitFor();
    await search().fill('');
  });

  it('is offered no roles that are separated, and is told why', async () => {
    await byId('account-new').click();
    await byId('account-username').fill('wang.fang');
    await byId('account-name').fill('王芳');
    await role('审计员').check();
    expect(await role('系统管理员').isDisabled()).toBe(true);
    expect(await role('安全管理员').isDisabled()).toBe(true);
    await byId('account-separated').getByText('必须分立').waitFor();
    await screenshot(page, '41-accounts-separated');
    await role('审计员').uncheck();
    expect(await role('系统管理员').isDisabled()).toBe(false);
  });

  it('creates an account by keyboard, whose password is shown once', async () => {
    await role('值班员').check();
    await addArea();
    await byId('account-submit').press('Enter');
    const password = byId('account-password');
    await password.waitFor();
    await screenshot(page, '42-accounts-one-time-password');
    const given = await password.innerText();
    expect(given).toMatch(/^\w{5}(-\w{5}){3}$/);
    await byId('account-password-seen').click();
    await row('wang.fang').getByText('待首次登录').waitFor();
    expect(await page.getByText(given).count()).toBe(0);
    expect(await account('wang.fang')).toMatchObject({ roles: ['operator'], disabled: false });
  });

  it('is told at a taken name, and keeps what was entered', async () => {
    await byId('account-new').click();
    await byId('account-username').fill('Wang.Fang');
    await byId('account-name').fill('另一位');
    await role('评价员').check();
    await addArea();
    await byId('account-submit').click();
    await byId('account-refused').getByText('ACCOUNT_USERNAME_TAKEN').waitFor();
    expect(await byId('account-name').inputValue()).toBe('另一位');
    await page.keyboard.press('Escape');
    await byId('account-editor').waitFor({ state: 'hidden' });
  });

  it('sees what somebody else changed at the same time, and decides', async () => {
    await row('wang.fang').getByRole('button', { name: '变更 wang.fang' }).click();
    await byId('account-name').fill('王芳（夜班）');
    const { accountId } = (await account('wang.fang')) ?? { accountId: '' };
    await product.as('security-administrator').put(`/api/accounts/${accountId}`, { name: '王芳', roles: ['evaluator'], areaCodes: [product.community], staffId: null });
    await byId('account-submit').click();
    await byId('account-conflict').getByText('评价员').waitFor();
    await screenshot(page, '43-accounts-conflict');
    await byId('account-keep').click();
    await byId('account-submit').click();
    await row('wang.fang').getByText('王芳（夜班）').waitFor();
    expect(await account('wang.fang')).toMatchObject({ roles: ['operator'] });
  });

  it('disables and enables after a question, unless somebody else was faster', async () => {
    await row('wang.fang').getByRole('button', { name: '停用 wang.fang' }).click();
    await page.getByRole('dialog').getByText('王芳（夜班）').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).press('Enter');
    await row('wang.fang').getByText('已停用').waitFor();
    expect(await account('wang.fang')).toMatchObject({ disabled: true });
    const { accountId } = (await account('wang.fang')) ?? { accountId: '' };
    await product.as('security-administrator').post(`/api/accounts/${accountId}/enable`, {});
    await row('wang.fang').getByRole('button', { name: '启用 wang.fang' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '启用' }).click();
    await page.getByRole('dialog').getByText('您的操作尚未执行').last().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await row('wang.fang').getByRole('button', { name: '停用 wang.fang' }).waitFor();
  });

  it('has the page in English and in the light theme', async () => {
    await byId('locale-switch').click();
    await byId('theme-switch').click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await byId('account-new').click();
    await role('Auditor').check();
    await screenshot(page, '44-accounts-english');
  });
});
