import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { sharedThing } from '@brain/test-e2e/shared-things';
import { eventually } from '@brain/testing';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const ARTEFACTS = path.resolve(import.meta.dirname, '../../../.artefacts/browser');

export interface TestBrowser {
  readonly context: BrowserContext;
  page(): Promise<Page>;
  close(): Promise<void>;
}

/** A context of its own in the browser that all specs share: no cookie, language or download of another. */
export async function openBrowser(viewport: { width: number; height: number }): Promise<TestBrowser> {
  const { place } = await sharedThing<{ url: string }>('browser');
  const browser = await chromium.connect(place.url);
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Without a graphics card every moving pixel of the map is painted by the processor.
    reducedMotion: 'reduce',
  });
  return {
    context,
    page: async () => {
      const page = context.pages()[0] ?? (await context.newPage());
      page.setDefaultTimeout(40_000);
      return page;
    },
    close: async () => {
      await context.close();
      await browser.close(); // of a connection this ends the connection alone
    },
  };
}

/** Kept as an artefact of the run. A page that was just opened has nothing to capture yet, and Chromium says so. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(ARTEFACTS, { recursive: true });
  await eventually(() => page.screenshot({ path: path.join(ARTEFACTS, `${name}.png`), timeout: 60_000 }), { timeoutMs: 60_000 });
}

export interface Credential {
  readonly username: string;
  readonly password: string;
}

/** Opens the dashboard and signs in; what the first page shows is the test's to wait for. */
export async function signIn(page: Page, url: string, { username, password }: Credential): Promise<void> {
  await page.goto(url);
  await page.getByTestId('login-username').fill(username);
  await page.getByTestId('login-password').fill(password);
  await page.getByTestId('login-submit').click();
}
