import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { eventually } from '@brain/testing';
import { GatewayUnderTest, type LiveSocket } from '../gateway-under-test.fixture.js';

describe('a live connection whose sign-in ends', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const connected = async (token: string): Promise<LiveSocket> => {
    const socket = await gateway.connect({ token });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', reject);
    });
    return socket;
  };

  it('is closed at once when its account is disabled, and no other is', async () => {
    const [operator, administrator] = [await gateway.signIn('operator'), await gateway.signIn('security-administrator')];
    const [theirs, other] = [await connected(operator.token), await connected(administrator.token)];
    const { body } = await gateway.request('/api/auth/me', { headers: bearer(operator.token) });
    const { id } = body.user as { readonly id: string };
    await gateway.post(`/api/accounts/${id}/disable`, {}, bearer(administrator.token));
    await eventually(() => expect(theirs.connected).toBe(false));
    expect(other.connected).toBe(true);
    other.disconnect();
  });

  it('has no way round: the namespace that every Socket.IO server has is closed', async () => {
    const socket = io(await gateway.url(), { transports: ['websocket'], forceNew: true, reconnection: false });
    const refused = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
    expect(refused.message).toBe('Invalid namespace');
    socket.disconnect();
  });
});
