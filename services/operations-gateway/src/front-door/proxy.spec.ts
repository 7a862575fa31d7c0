import { createServer, request as httpRequest, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { freePort } from '@brain/testing';
import { DomainError } from '@brain/contracts';
import { Proxy } from './proxy.js';

const LIMIT = 100_000;

describe('the proxy to a service', () => {
  let upstream: Server;
  let upstreamUrl: URL;
  let door: Server;
  let doorUrl: string;
  let proxy: Proxy;
  let answer: RequestListener;
  let failure: Promise<unknown>;

  beforeEach(async () => {
    upstream = createServer((request, response) => answer(request, response));
    upstreamUrl = new URL(await listen(upstream));
    proxy = new Proxy({ bodyLimitBytes: LIMIT, timeoutMs: 5_000 });
    const app = express();
    failure = new Promise((resolve) => {
      app.use((request, response) => {
        proxy.pass(request, response, upstreamUrl, 'the-token', 'correlation-1').then(resolve, (error: unknown) => {
          resolve(error);
          if (!response.headersSent) response.status(500).end();
        });
      });
    });
    door = createServer(app);
    doorUrl = await listen(door);
  });

  afterEach(async () => {
    proxy.close();
    await Promise.all([close(door), close(upstream)]);
  });

  it('passes method, path, body and answer, with the token instead of the cookie', async () => {
    let seen: { request: IncomingMessage; body: string } | undefined;
    answer = (request, response) => {
      void text(request).then((body) => {
        seen = { request, body };
        response.writeHead(201, { etag: '"0"', 'set-cookie': 'x=y', 'content-type': 'application/json' }).end('{"ok":true}');
      });
    };
    const response = await fetch(`${doorUrl}/api/cases/1?x=%2F`, {
      method: 'POST',
      headers: { cookie: 'brain_session=secret', 'if-match': '"3"', authorization: 'Bearer other' },
      body: 'hello',
    });
    expect([response.status, response.headers.get('etag'), response.headers.get('set-cookie')]).toEqual([201, '"0"', null]);
    expect(await response.json()).toEqual({ ok: true });
    expect(seen?.body).toBe('hello');
    expect(seen?.request).toMatchObject({ method: 'POST', url: '/api/cases/1?x=%2F' });
    expect(seen?.request.headers).toMatchObject({ authorization: 'Bearer the-token', 'if-match': '"3"', 'x-correlation-id': 'correlation-1' });
    expect(seen?.request.headers.cookie).toBeUndefined();
  });

  it('passes lines on as they come', async () => {
    let finish = (): void => undefined;
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).write('{"n":1}\n');
      finish = () => response.end('{"n":2}\n');
    };
    const response = await fetch(`${doorUrl}/api/audit/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('{"n":1}\n');
    finish();
    expect((await reader?.read())?.value).toBe('{"n":2}\n');
  });

  it('says that a service is not there', async () => {
    await close(upstream);
    upstreamUrl = new URL(`http://127.0.0.1:${await freePort()}`);
    await fetch(`${doorUrl}/api/cases`);
    expect(await failure).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('refuses a body that says it is too large before any of it is passed on', async () => {
    let reached = false;
    answer = () => (reached = true);
    await fetch(`${doorUrl}/api/areas/import`, { method: 'POST', body: 'x'.repeat(LIMIT + 1) });
    expect(await failure).toMatchObject({ code: 'BODY_TOO_LARGE', message: `A body has at most ${LIMIT} bytes` });
    expect(reached).toBe(false);
  });

  it('refuses a body that turns out too large without having said so', async () => {
    answer = (request) => request.resume();
    const request = httpRequest(`${doorUrl}/api/areas/import`, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
    request.on('error', () => undefined);
    for (let sent = 0; sent <= LIMIT; sent += 10_000) request.write('x'.repeat(10_000));
    request.end();
    const error = await failure;
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'BODY_TOO_LARGE', message: `A body has at most ${LIMIT} bytes` });
    request.destroy();
  });

  it('stops the service’s work when the caller goes away', async () => {
    const stopped = new Promise<void>((resolve) => {
      answer = (_, response) => {
        response.writeHead(200).write('begin');
        response.once('close', resolve);
      };
    });
    const caller = new AbortController();
    const response = await fetch(`${doorUrl}/api/audit/events`, { signal: caller.signal });
    caller.abort();
    await expect(response.text()).rejects.toThrow();
    await stopped;
  });
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
