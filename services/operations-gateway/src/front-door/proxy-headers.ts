import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { currentTraceparent } from '@brain/service-kit';

/** RFC 9110 §7.6.1: these belong to one connection, not to the message. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What the service gets: the caller's headers without cookies, with the token as bearer. Where they are, the front door has written already. */
export function requestHeaders(request: IncomingMessage, token: string | undefined, correlationId: string): OutgoingHttpHeaders {
  const traceparent = currentTraceparent();
  return {
    ...endToEnd(request.headers, ['cookie', 'host', 'authorization', 'expect']),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    'x-correlation-id': correlationId,
    'x-forwarded-host': request.headers.host ?? '',
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** What the caller gets: services set no cookies, only this door does. */
export function responseHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return endToEnd(headers, ['set-cookie']);
}

function endToEnd(headers: IncomingHttpHeaders, without: readonly string[]): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(',').map((name) => name.trim());
  const left = new Set([...HOP_BY_HOP, ...named, ...without]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !left.has(name)));
}
