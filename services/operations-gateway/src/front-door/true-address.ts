import type { IncomingMessage } from 'node:http';

export type IsTrusted = (address: string, hop: number) => boolean;

/**
 * The nearest address that is no trusted proxy's, as Express takes `request.ip`: Socket.IO answers its requests before
 * Express sees them.
 */
export function trueAddressOf({ headers, socket }: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } }, isTrusted: IsTrusted): string {
  const told = headers['x-forwarded-for'];
  const behind = typeof told === 'string' ? told.split(',').map((address) => address.trim()).reverse() : [];
  const chain = [socket.remoteAddress ?? '', ...behind];
  return chain.find((address, hop) => !isTrusted(address, hop)) ?? chain.at(-1) ?? '';
}
