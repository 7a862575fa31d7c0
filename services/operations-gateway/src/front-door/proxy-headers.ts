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

/** Who the caller is, from where and through which front: no caller says so, neither by these headers nor by naming them in `Connection`. */
const OURS = /^(x-forwarded-.*|forwarded|x-real-ip|x-correlation-id|authorization|cookie|host|expect)$/;

/** What the service gets: the caller's headers without cookies, with the token as bearer, and ours over all of them. */
export function requestHeaders(request: IncomingMessage, token: string | undefined, correlationId: string): OutgoingHttpHeaders {
  const traceparent = currentTraceparent();
  return {
    ...endToEnd(request.headers, OURS),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    'x-correlation-id': correlationId,
    // The front door has written it already, over the caller's.
    'x-forwarded-for': request.headers['x-forwarded-for'] ?? '',
    'x-forwarded-host': request.headers.host ?? '',
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** What the caller gets: services set no cookies, only this door does. */
export function responseHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return endToEnd(headers, /^set-cookie$/);
}

function endToEnd(headers: IncomingHttpHeaders, without: RegExp): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(',').map((name) => name.trim());
  const left = new Set([...HOP_BY_HOP, ...named]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !left.has(name) && !without.test(name)));
}
