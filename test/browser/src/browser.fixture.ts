import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@brain/testing';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type BrowserContext, type Page } from 'playwright-core';

const ARTEFACTS = path.resolve(import.meta.dirname, '../../../.artefacts/browser');
/** The map needs WebGL, here without a graphics card; a closed network must not be knocked at. */
const FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface TestBrowser {
  readonly context: BrowserContext;
  page(): Promise<Page>;
  close(): Promise<void>;
}

/** A browser from npm alone; BRAIN_CHROMIUM names another one. */
export async function openBrowser(viewport: { width: number; height: number }): Promise<TestBrowser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'brain-browser-'));
  const given = process.env.BRAIN_CHROMIUM;
  const executablePath = given !== undefined && existsSync(given) ? given : await chromium.executablePath();
  const context = await playwright.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
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
      await rm(profile, { recursive: true, force: true });
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
