import { describe, expect, it } from '@jest/globals';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { requestHeaders } from './proxy-headers.js';

describe('the headers of a request that is passed on', () => {
  const passedOn = (headers: IncomingHttpHeaders) => requestHeaders({ headers } as IncomingMessage, 'the-token', 'correlation-1');
  const own = { 'x-forwarded-for': '203.0.113.7', host: 'brain.example' };

  it.each(['x-forwarded-for', 'authorization', 'x-correlation-id', 'x-forwarded-host'])('keep %s of ours, though Connection names it', (name) => {
    const ours: Readonly<Record<string, string>> = { 'x-forwarded-for': '203.0.113.7', authorization: 'Bearer the-token', 'x-correlation-id': 'correlation-1', 'x-forwarded-host': 'brain.example' };
    const passed = passedOn({ ...own, [name]: own['x-forwarded-for'], connection: `close, ${name.toUpperCase()}`, ...own });
    expect(passed[name]).toBe(ours[name]);
    expect(passed).not.toHaveProperty('connection');
  });

  it('say nothing that the caller says about where they are, who they are, or which front they came through', () => {
    const said = { 'x-forwarded-proto': 'https', 'x-forwarded-port': '1', forwarded: 'for=192.0.2.1', 'x-real-ip': '192.0.2.1', cookie: 'brain_session=x', authorization: 'Bearer other' };
    expect(passedOn({ ...own, ...said })).toEqual({
      authorization: 'Bearer the-token',
      'x-correlation-id': 'correlation-1',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-host': 'brain.example',
    });
  });

  it('lose what Connection names of the caller’s own, and what belongs to one connection', () => {
    const passed = passedOn({ ...own, connection: 'x-hop', 'x-hop': '1', te: 'trailers', 'keep-alive': '5', accept: 'text/csv' });
    expect(passed).toMatchObject({ accept: 'text/csv' });
    for (const name of ['x-hop', 'te', 'keep-alive']) expect(passed).not.toHaveProperty(name);
  });

  it('are not authorised without a token', () => {
    expect(requestHeaders({ headers: { ...own, authorization: 'Bearer other' } } as unknown as IncomingMessage, undefined, 'c')).not.toHaveProperty('authorization');
  });
});
