import { randomBytes } from 'node:crypto';
import { ROLES } from '@brain/contracts';
import type { ApiClient } from '@brain/local/api-client';
import { eventually } from '@brain/testing';
import { districtIn, importAreas, type District } from './district.js';
import { firstCredentials, productAt, type Credential, type Product, type ProductPlace } from './product.js';
import { killService, startProduct, type ProductOptions } from './running-product.js';
import { sharedThing, type Shared, type SharedAnswer } from './shared-things.js';

/** Services look often whether there is a new master key. */
export const LOOK_OFTEN = { GRID_MASTER_KEY_LOOK_MS: '200' };

/** The products that specs share: one with nothing in it, one whose services may be killed, and the demo district with its devices. */
export const sharedProducts = {
  // At its most talkative: a spec looks into the log lines of all that was done.
  empty: () => started({ env: { BRAIN_LOG_LEVEL: 'debug' } }),
  killable: () => started({ env: LOOK_OFTEN }),
  demo: () => started({ demo: true }),
};

async function started(options: ProductOptions): Promise<Shared> {
  const product = await startProduct(options);
  const { url, mqttUrl, mqttsUrl, dataDir } = product;
  return { place: { url, mqttUrl, mqttsUrl, dataDir }, stop: () => product.stop() };
}

/** A part of the product that all specs share which no other spec touches: a county, and an account per role that covers it. */
export interface OwnDistrict extends Product, District {
  /** The same product with the first accounts, which cover the whole installation. */
  readonly whole: Product;
}

/** One in the product whose services may be killed: a spec that kills one leaves when it is back. */
export interface KillableDistrict extends OwnDistrict {
  kill(service: string): Promise<void>;
}

/** Its areas are registered; `credential` and `as` are the accounts of the district. */
export async function ownDistrict(): Promise<OwnDistrict> {
  return districtOf(await sharedThing<ProductPlace>('empty'));
}

export async function killableDistrict(): Promise<KillableDistrict> {
  const answer = await sharedThing<ProductPlace>('killable');
  const { url, dataDir } = answer.place;
  await eventually(async () => expectReady((await fetch(`${url}/readyz`)).status), { timeoutMs: 60_000 });
  return { ...(await districtOf(answer)), kill: (service) => killService(dataDir, service) };
}

function expectReady(status: number): void {
  if (status !== 200) throw new Error(`/readyz answers ${String(status)}`);
}

async function districtOf({ place, turn }: SharedAnswer<ProductPlace>): Promise<OwnDistrict> {
  const whole = productAt(place, await firstCredentials(place));
  // 4499 is no prefecture: an invented county meets no real one.
  const district = districtIn(`4499${String(turn).padStart(2, '0')}`);
  await importAreas(whole.as('administrator'), district);
  const credentials = await accountsOf(district, whole.as('security-administrator'));
  return { ...productAt(place, credentials), ...district, whole };
}

/** The demo with its first accounts; specs leave it as it is. */
export async function sharedDemo(): Promise<Product> {
  const { place } = await sharedThing<ProductPlace>('demo');
  return productAt(place, await firstCredentials(place));
}

async function accountsOf({ county }: District, security: ApiClient): Promise<readonly Credential[]> {
  return Promise.all(
    ROLES.map(async (role): Promise<Credential> => {
      const [username, password] = [`${role}-${county}`, randomBytes(12).toString('base64url')];
      await security.post('/api/accounts', { username, password, name: role, roles: [role], areaCodes: [county] });
      return { username, password, role };
    }),
  );
}
