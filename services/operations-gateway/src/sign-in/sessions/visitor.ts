import type { IncomingMessage } from 'node:http';
import { clientAddressOf } from '@brain/service-kit';

const LONGEST_USER_AGENT = 400;

/** From where, and with which browser, somebody signs in: for their own list of sessions. */
export interface Visitor {
  readonly address: string | null;
  readonly userAgent: string | null;
}

export function visitorOf(request: IncomingMessage): Visitor {
  const said = request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT);
  return { address: clientAddressOf(request), userAgent: said ?? null };
}
