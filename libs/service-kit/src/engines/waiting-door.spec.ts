import { describe, expect, it } from '@jest/globals';
import { freePort } from '@brain/testing';
import { Readiness } from '../readiness.js';
import { openWaitingDoor } from './waiting-door.js';

describe('the door of a service that waits for its engines', () => {
  it('is alive, not ready, names what is missing, and leaves the port to the service', async () => {
    const port = await freePort();
    const readiness = new Readiness();
    readiness.addPing('database', () => Promise.resolve());
    readiness.addPing('bus', () => Promise.reject(new Error('connect ECONNREFUSED')));
    const close = await openWaitingDoor('127.0.0.1', port, readiness);
    const get = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${String(port)}${path}`);
      return { status: response.status, body: await response.json() };
    };
    expect(await get('/healthz')).toEqual({ status: 200, body: { status: 'alive' } });
    expect(await get('/readyz')).toEqual({
      status: 503,
      body: { ready: false, checks: { database: { ready: true }, bus: { ready: false, detail: 'connect ECONNREFUSED' } } },
    });
    expect(await get('/api/cases')).toMatchObject({ status: 503, body: { code: 'SERVICE_STARTING' } });
    await close();
    await (await openWaitingDoor('127.0.0.1', port, readiness))();
  });
});
