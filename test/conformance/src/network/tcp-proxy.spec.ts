import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { resetSocket } from './tcp-proxy.js';

describe('a socket that is reset', () => {
  let listener: Server;
  let socket: Socket;
  let peer: Socket;
  beforeEach(async () => {
    listener = createServer({ allowHalfOpen: true });
    await once(listener.listen(0, '127.0.0.1'), 'listening');
    socket = connect({ port: (listener.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
    [[peer]] = (await Promise.all([once(listener, 'connection'), once(socket, 'connect')])) as [[Socket], unknown[]];
  });
  afterEach(() => {
    peer.destroy();
    listener.close();
  });

  it('tells its peer so', async () => {
    const told = once(peer, 'error');
    peer.resume();
    resetSocket(socket);
    await once(socket, 'close');
    expect(await told).toMatchObject([{ code: 'ECONNRESET' }]);
  });

  it('in the moment in which it ends is closed without an error, too', async () => {
    const errors: Error[] = [];
    socket.on('error', (error) => errors.push(error));
    socket.end();
    await new Promise((resolve) => process.nextTick(resolve));
    resetSocket(socket);
    await once(socket, 'close');
    expect(errors).toEqual([]);
  });
});
