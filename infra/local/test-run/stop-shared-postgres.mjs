// @ts-check
// Jest's globalTeardown of the integration tier.
import { running } from './shared-postgres.mjs';

export default async function stopSharedPostgres() {
  const server = Reflect.get(globalThis, running);
  if (server !== undefined) {
    await server.stop();
    return;
  }
  // A server that was given lives on: it gets back to what it was.
  const { dropTemplates } = await import('@brain/testing');
  await dropTemplates();
}
