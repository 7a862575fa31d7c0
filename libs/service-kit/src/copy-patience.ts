import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
/** News from another service is rarely later than this. */
const PATIENCE_MS = 2_000;

/**
 * What a service copied from another lags behind by a moment: what is missing from the copy is looked for again
 * before it counts as unknown.
 *
 * @param missing what the copy does not have now
 * @returns what it still did not have at the end; empty as soon as nothing is missing
 */
export async function missingFromCopy(missing: () => Promise<readonly string[]>, patienceMs = PATIENCE_MS): Promise<readonly string[]> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const left = await missing();
    if (left.length === 0 || waited >= patienceMs) return left;
    await pause(LOOK_EVERY_MS);
  }
}
