import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayUnderTest } from '../gateway-under-test.fixture.js';

describe('a connection without a valid sign-in, on the record', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ GATEWAY_TRUSTED_PROXIES: 'loopback' });
  });
  afterAll(async () => {
    await gateway.stop();
  });

  /** Settles when the connection has been refused. */
  const refused = async (token: string | undefined, from: string): Promise<void> => {
    const socket = await gateway.connect(token === undefined ? {} : { token }, { 'x-forwarded-for': from });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect_error', () => resolve());
      socket.once('connect', () => reject(new Error('was let in')));
    }).finally(() => socket.disconnect());
  };
  const failures = async (address: string) =>
    (await gateway.recorded('sign-in-failed')).map(({ data }) => data).filter((data) => data.address === address);

  it('is a failed sign-in: nobody’s, with why and from where, before it is told', async () => {
    const about = { method: 'live-connection', accountId: null, unknownName: null, address: '203.0.113.1', count: 1 };
    await refused(undefined, '198.51.100.9, 203.0.113.1');
    expect(await failures('203.0.113.1')).toEqual([expect.objectContaining({ ...about, code: 'TOKEN_MISSING' })]);
    await refused('a.b.c', '203.0.113.1');
    expect(await failures('203.0.113.1')).toEqual([expect.anything(), expect.objectContaining({ ...about, code: 'TOKEN_INVALID' })]);
    expect(await failures('198.51.100.9')).toEqual([]);
  });

  it('is that of the account whose token has expired, or was ended', async () => {
    const id = randomUUID();
    await refused(await gateway.tokenFor({ id }, 60, Date.now() - 120_000), '203.0.113.2');
    const { token } = await gateway.signIn('operator');
    const [operator] = await gateway.recorded('signed-in');
    const accountId = String(operator?.data.accountId);
    const administrator = await gateway.signIn('security-administrator');
    await gateway.post(`/api/accounts/${accountId}/disable`, {}, { authorization: `Bearer ${administrator.token}` });
    await refused(token, '203.0.113.2');
    expect(await failures('203.0.113.2')).toMatchObject([
      { accountId: id, code: 'TOKEN_EXPIRED' },
      { accountId, code: 'TOKEN_REVOKED' },
    ]);
  });

  it('is counted when it comes again and again, apart from what others do', async () => {
    const [tireless, other] = [randomUUID(), randomUUID()];
    const expired = (id: string) => gateway.tokenFor({ id }, 60, Date.now() - 120_000);
    const token = await expired(tireless);
    for (let times = 0; times < 63; times += 1) await refused(token, '203.0.113.3');
    await refused(await expired(other), '203.0.113.3');
    const counts = async (id: string) => (await failures('203.0.113.3')).filter(({ accountId }) => accountId === id).map(({ count }) => count);
    expect([(await counts(tireless)).length, await counts(other)]).toEqual([60, [1]]);
    await gateway.restart();
    expect((await counts(tireless)).at(-1)).toBe(3);
  });
});
