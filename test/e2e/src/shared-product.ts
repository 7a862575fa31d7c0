import { randomBytes } from 'node:crypto';
import { ROLES } from '@brain/contracts';
import type { ApiClient } from '@brain/local/api-client';
import { districtIn, importAreas, type District } from './district.js';
import { firstCredentials, productAt, type Credential, type Product, type ProductPlace } from './product.js';
import { startProduct } from './running-product.js';
import { sharedThing, type Shared } from './shared-things.js';

/** The products that specs share: one with nothing in it, one with the demo district and its devices. */
export const sharedProducts = { empty: () => started(false), demo: () => started(true) };

async function started(demo: boolean): Promise<Shared> {
  // At its most talkative: a spec looks into the log lines of all that was done.
  const product = await startProduct({ demo, env: { BRAIN_LOG_LEVEL: 'debug' } });
  const { url, mqttUrl, mqttsUrl, dataDir } = product;
  return { place: { url, mqttUrl, mqttsUrl, dataDir }, stop: () => product.stop() };
}

/** A part of the product that all specs share which no other spec touches: a county, and an account per role that covers it. */
export interface OwnDistrict extends Product, District {
  /** The same product with the first accounts, which cover the whole installation. */
  readonly whole: Product;
}

/** Its areas are registered; `credential` and `as` are the accounts of the district. */
export async function ownDistrict(): Promise<OwnDistrict> {
  const { place, turn } = await sharedThing<ProductPlace>('empty');
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
