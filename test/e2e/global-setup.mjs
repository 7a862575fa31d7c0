// What all end-to-end specs share, once for the whole tier; the specs of the browser share it too.
import { SHARED_PRODUCTS_URL, SharedProducts } from './dist/shared-products.js';

let products;

export default async function setUp() {
  if (products !== undefined) return;
  products = new SharedProducts();
  process.env[SHARED_PRODUCTS_URL] = await products.listen();
}

export async function tearDown() {
  const stopping = products;
  products = undefined;
  await stopping?.stop();
}
