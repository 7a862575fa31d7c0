// What all end-to-end and browser specs share, once for the whole tier, each started when the first spec asks for it:
// a product with nothing in it, the demo, and a browser in which each spec has a context of its own.
import { existsSync } from 'node:fs';
import { sharedProducts } from '@brain/test-e2e/shared-product';
import { SHARED_THINGS_URL, SharedThings } from '@brain/test-e2e/shared-things';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

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

const things = new SharedThings({ ...sharedProducts, browser });

export default async function setUp() {
  process.env[SHARED_THINGS_URL] = await things.listen();
}

export function tearDown() {
  return things.stop();
}

/** A browser from npm alone; BRAIN_CHROMIUM names another one. It ends with this process. */
async function browser() {
  const given = process.env.BRAIN_CHROMIUM;
  const executablePath = given !== undefined && existsSync(given) ? given : await chromium.executablePath();
  const server = await playwright.launchServer({ executablePath, headless: true, args: FLAGS, host: '127.0.0.1' });
  return { place: { url: server.wsEndpoint() }, stop: () => server.close() };
}
