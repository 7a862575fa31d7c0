import { requestAsWritten } from '../request-as-written.js';
import { otherSpellings } from '../running-routes.js';
import { exampleAddress, type AskedService } from './ask-every-route.js';
import type { RouteTable } from './routes-of.js';

/** Of somebody who is not signed in: there is no such address, or it is the same route with the same check. */
const CLOSED = new Set([401, 404]);

/**
 * Calls every route that needs a sign-in in its other spellings (letters in another case, doubled and trailing slashes,
 * encoded letters), without one. Answers what was neither unknown nor closed.
 */
export async function openInOtherSpellings({ url }: Pick<AskedService, 'url'>, table: RouteTable): Promise<readonly string[]> {
  const open: string[] = [];
  for (const [route, callers] of Object.entries(table)) {
    if (callers.includes('nobody')) continue;
    const [method, address] = exampleAddress(route);
    for (const spelling of otherSpellings(address)) {
      const { status } = await requestAsWritten(url, method, spelling);
      if (!CLOSED.has(status)) open.push(`${String(status)} ${method} ${spelling}`);
    }
  }
  return open;
}
