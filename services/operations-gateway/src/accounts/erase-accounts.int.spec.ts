import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERASED, TOPICS, type StoredEvent } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest } from '../gateway-under-test.fixture.js';
import { staffRegistered, stored } from '../live/live-events.fixture.js';

const PASSWORD = 'a-long-enough-password';

describe('the account of an erased person', () => {
  const [staffId, otherStaffId] = [randomUUID(), randomUUID()];
  let gateway: GatewayUnderTest;
  let accountId: string;
  let session: { readonly authorization: string };
  let erased: StoredEvent;

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
    await gateway.publish(TOPICS.gridEvents, ...[staffId, otherStaffId].map((id) => staffRegistered(id, '欧阳慕容')));
    const { token } = await gateway.signIn('security-administrator');
    const create = (username: string, whose: string | null) =>
      gateway.post('/api/accounts', { username, password: PASSWORD, name: '欧阳慕容', roles: ['grid-worker'], areaCodes: ['440305'], staffId: whose }, { authorization: `Bearer ${token}` });
    accountId = String((await create('ouyang', staffId)).body.accountId);
    await create('another', null);
    await create('second', otherStaffId);
    const { body } = await gateway.post('/api/auth/login', { username: 'ouyang', password: PASSWORD });
    session = { authorization: `Bearer ${String(body.accessToken)}` };
    erased = stored('grid-registry.staff-erased.v1', `staff-${staffId}`, 1, { staffId, at: '2026-11-22T02:00:00.000Z' });
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const accounts = async () => {
    const { token } = await gateway.signIn('security-administrator');
    return (await gateway.request('/api/accounts', { headers: { authorization: `Bearer ${token}` } })).body.items as { accountId: string; name: string; username: string; disabled: boolean }[];
  };

  it('has no name any more, lets nobody in, and its open session ends at once', async () => {
    expect((await gateway.request('/api/auth/me', { headers: session })).status).toBe(200);
    await gateway.publish(TOPICS.gridEvents, erased);
    await eventually(async () => {
      expect((await accounts()).find((one) => one.accountId === accountId)).toMatchObject({ name: ERASED, username: `erased-${accountId}`, disabled: true });
    });
    await eventually(async () => expect(await gateway.request('/api/auth/me', { headers: session })).toMatchObject({ status: 401, body: { code: 'TOKEN_REVOKED' } }));
    expect(await gateway.post('/api/auth/login', { username: 'ouyang', password: PASSWORD })).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_WRONG' } });
    expect(await gateway.post('/api/auth/login', { username: `erased-${accountId}`, password: PASSWORD })).toMatchObject({ status: 401 });
    expect((await accounts()).find(({ username }) => username === 'another')).toMatchObject({ name: '欧阳慕容', disabled: false });
  });

  it('is on the record once, without the name, however often it is told', async () => {
    // Of one key, so that the last is taken after the others.
    const last = { ...erased, eventId: randomUUID(), data: { ...erased.data, staffId: otherStaffId } };
    await gateway.publish(TOPICS.gridEvents, erased, { ...erased, eventId: randomUUID() }, last);
    await eventually(async () => {
      const events = await gateway.recorded('account-erased');
      expect(events.map(({ data, metadata }) => ({ ...data, by: metadata.actor.id }))).toEqual([
        { accountId, staffId, by: 'erasure' },
        { accountId: expect.any(String), staffId: otherStaffId, by: 'erasure' },
      ]);
    });
    expect(JSON.stringify(await gateway.recorded('account-erased'))).not.toContain('欧阳');
  });
});
