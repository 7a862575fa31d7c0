// @ts-check
// Jest's globalSetup of the integration tier: one PostgreSQL for all its files, in all its processes.
import { randomBytes } from 'node:crypto';
import './native/typescript-loader.mjs';

/** Where `stop-shared-postgres.mjs` finds it: Jest calls both in one process. */
export const running = Symbol.for('brain.shared-postgres');

export default async function startSharedPostgres() {
  process.env.BRAIN_TEST_RUN = randomBytes(4).toString('hex');
  if (process.env.BRAIN_TEST_POSTGRES_URL) return;
  const { startTestPostgres } = await import('@brain/testing');
  const server = await startTestPostgres();
  process.env.BRAIN_TEST_POSTGRES_URL = server.url();
  Reflect.set(globalThis, running, server);
}
