import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

const MAPPED_V4 = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/**
 * Where the person is. The front door writes the header for everything that passes it, over whatever the client said;
 * services listen where nobody but the door reaches them.
 */
export function clientAddressOf({ headers, socket }: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } }): string | null {
  const told = headers['x-forwarded-for'];
  return plainAddress(typeof told === 'string' ? told : undefined) ?? plainAddress(socket.remoteAddress) ?? null;
}

/** Without the IPv6 form of an IPv4 address and without a zone; undefined: no address. */
export function plainAddress(text: string | undefined): string | undefined {
  const address = text?.trim().replace(MAPPED_V4, '').replace(/%.*$/, '') ?? '';
  return isIP(address) === 0 ? undefined : address;
}
