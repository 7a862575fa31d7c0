// One browser for all specs, each with a context of its own; it ends with this process.
import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import setUpProducts, { tearDown as tearDownProducts } from '../e2e/global-setup.mjs';

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

let browser;

/** A browser from npm alone; BRAIN_CHROMIUM names another one. */
export default async function setUp() {
  await setUpProducts();
  const given = process.env.BRAIN_CHROMIUM;
  const executablePath = given !== undefined && existsSync(given) ? given : await chromium.executablePath();
  browser = await playwright.launchServer({ executablePath, headless: true, args: FLAGS, host: '127.0.0.1' });
  process.env.BRAIN_BROWSER_URL = browser.wsEndpoint();
}

export async function tearDown() {
  await browser?.close();
  await tearDownProducts();
}
