import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { DeviceView } from '@brain/contracts';
import { drawBoundaries, ownDistrict, registerDevice, registerWorker, type OwnDistrict } from '@brain/test-e2e';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { eventually } from '@brain/testing';
import { openBrowser, screenshot, signIn } from './browser.fixture.js';

const BAND = '慕容婆婆的手环';

describe('the administrator at the devices page', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let page: Page;
  let first: string;
  let second: string;

  beforeAll(async () => {
    product = await ownDistrict();
    const admin = product.as('administrator');
    await drawBoundaries(admin, product);
    const worker = (name: string) => registerWorker(admin, name, 'on-duty', product.community);
    [first, second] = [await worker('慕容静'), await worker('李敏')];
    await registerDevice(admin, '1栋电梯机房', 'temperature', product.grid);
    const browser = await openBrowser({ width: 1600, height: 900 });
    undo(() => browser.close());
    page = await browser.page();
    await signIn(page, product.url, product.credential('administrator'));
    await byId('nav-devices').click();
  });

  const byId = (id: string): Locator => page.getByTestId(id);
  const row = (name: string): Locator => byId('device-table').getByRole('row').filter({ hasText: name });
  const combobox = (id: string): Locator => byId(id).getByRole('combobox');
  const wornBy = (name: string): Locator => byId('device-worn-by').getByText(name);
  const option = (name: string): Locator => page.locator('.ant-select-item-option:visible').filter({ hasText: name });
  const device = async (name: string): Promise<DeviceView | undefined> =>
    (await product.as('administrator').get<{ items: DeviceView[] }>('/api/devices')).items.find((one) => one.name === name);

  /** Types a name and takes the one that is found, by keyboard. */
  async function chooseWearer(name: string): Promise<void> {
    await combobox('device-wearer').fill(name);
    await option(name).waitFor();
    await combobox('device-wearer').press('Enter');
    await byId('device-wearer').getByText(name).waitFor();
  }

  it('registers a device for a person found by name, by keyboard alone', async () => {
    await row('1栋电梯机房').waitFor();
    await byId('device-new').press('Enter');
    await byId('device-name').fill(BAND);
    await byId('device-kind').fill('wristband');
    await combobox('area-field').fill(product.grid);
    await combobox('area-field').press('Tab');
    await chooseWearer('慕容静');
    await screenshot(page, '60-device-wearer');
    await byId('device-name').press('Enter');
    await byId('device-token').waitFor();
    await byId('device-submit').click();
    await row(BAND).getByText('慕容静', { exact: true }).waitFor();
    expect(await device(BAND)).toMatchObject({ wearerId: first });
    expect(await row('1栋电梯机房').getByText('—').count()).toBe(1);
  });

  it('hands it on to another, and is reminded of the name it bears', async () => {
    await row(BAND).getByTestId('device-open').click();
    await wornBy('慕容静').waitFor();
    await byId('device-change').click();
    await byId('device-wearer').getByText('慕容静').waitFor();
    expect(await byId('device-rename-hint').count()).toBe(0);
    await chooseWearer('李敏');
    await byId('device-rename-hint').waitFor();
    await screenshot(page, '61-device-handed-on');
    await byId('device-name').fill('手环二');
    await byId('device-rename-hint').waitFor({ state: 'detached' });
    await byId('device-name').press('Enter');
    await wornBy('李敏').waitFor();
    expect(await device('手环二')).toMatchObject({ wearerId: second, kind: 'wristband' });
  });

  it('takes it off, and gives it to somebody who is on no register', async () => {
    await byId('device-change').click();
    await byId('device-wearer').hover();
    await byId('device-wearer').locator('.ant-select-clear').click();
    await byId('device-change-submit').click();
    await byId('device-change-form').waitFor({ state: 'detached' });
    await eventually(async () => expect(await device('手环二')).toMatchObject({ wearerId: null }));
    await byId('device-worn-by').waitFor({ state: 'detached' });
    await byId('device-change').click();
    await combobox('device-wearer').press('ArrowDown');
    await option('名册以外的人').click();
    await byId('device-change-submit').click();
    await wornBy('名册以外的人').waitFor();
    expect((await device('手环二'))?.wearerId).toMatch(/^[\da-f-]{36}$/);
  });

  it('sees what somebody else changed at the same time, and decides', async () => {
    await byId('device-change').click();
    await byId('device-name').fill('手环三');
    const { deviceId } = (await device('手环二')) ?? { deviceId: '' };
    await product.as('administrator').put(`/api/devices/${deviceId}`, { name: '手环二', kind: 'wristband', areaCode: product.community, wearerId: first });
    await byId('device-change-submit').click();
    await byId('device-conflict').getByText('慕容静').waitFor();
    await screenshot(page, '62-device-conflict');
    await byId('device-keep').click();
    await byId('device-change-submit').click();
    await eventually(async () => expect(await device('手环三')).toMatchObject({ areaCode: product.community, wearerId: first }));
  });

  it('is told at the field that somebody was erased, and sees that of those who were', async () => {
    const administrator = product.as('administrator');
    const { deviceId } = (await device('手环三')) ?? { deviceId: '' };
    for (const who of [administrator, product.as('auditor')]) await who.post(`/api/people/${second}/erase`, {});
    await eventually(async () => expect(await administrator.get(`/api/people/${second}/erasure`)).toMatchObject({ state: 'erased' }), { timeoutMs: 30_000 });
    await page.goto(`${product.url}/devices?new=1`);
    await byId('device-name').fill('手环四');
    await byId('device-kind').fill('wristband');
    await combobox('area-field').fill(product.community);
    await combobox('area-field').press('Tab');
    await combobox('device-wearer').fill(second);
    await option(second).waitFor();
    await combobox('device-wearer').press('Enter');
    await byId('device-submit').click();
    await page.locator('.ant-form-item-explain-error').getByText('此人已注销').waitFor();
    await byId('device-refused').getByText('WEARER_ERASED').waitFor();
    await screenshot(page, '63-device-wearer-erased');
    for (const who of [administrator, product.as('auditor')]) await who.post(`/api/people/${first}/erase`, {});
    await eventually(async () => expect(await administrator.get<DeviceView>(`/api/devices/${deviceId}`)).toMatchObject({ state: 'retired' }), { timeoutMs: 30_000 });
    await page.goto(`${product.url}/devices?device=${deviceId}`);
    await wornBy('已注销').waitFor();
    await screenshot(page, '64-device-of-the-erased');
  });

  it('has the form in English', async () => {
    await page.goto(`${product.url}/devices?new=1`);
    await byId('device-name').waitFor();
    await page.keyboard.press('Escape');
    await byId('locale-switch').click();
    await byId('device-new').click();
    await page.getByText('Worn by').first().waitFor();
    await screenshot(page, '65-device-english');
  });
});
