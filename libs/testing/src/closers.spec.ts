import { createServer, type Server } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { Closers, setUp } from './closers.js';

const listening = async (): Promise<Server> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};
const stopped = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

describe('Closers', () => {
  it('closes in the opposite order, once', async () => {
    const closers = new Closers();
    const closed: string[] = [];
    await closers.use(Promise.resolve('first'), (name) => closed.push(name));
    closers.add(() => closed.push('second'));
    await closers.close();
    await closers.close();
    expect(closed).toEqual(['second', 'first']);
  });

  it('closes the others when one cannot be closed, and says which could not', async () => {
    const closers = new Closers();
    const closed: string[] = [];
    closers.add(() => closed.push('first'));
    closers.add(() => Promise.reject(new Error('second is stuck')));
    closers.add(() => {
      throw new Error('third is stuck');
    });
    await expect(closers.close()).rejects.toThrow('third is stuck; second is stuck');
    expect(closed).toEqual(['first']);
  });
});

describe('setUp', () => {
  it('leaves nothing listening when it fails, not even what was still being opened, and passes the failure on', async () => {
    const servers: Server[] = [];
    const failing = setUp(async (closers) => {
      servers.push(await closers.use(listening(), stopped));
      const slow = new Promise((resolve) => setTimeout(resolve, 20)).then(listening);
      const [server] = await Promise.all([
        closers.use(slow.then((it) => (servers.push(it), it)), stopped),
        closers.use(Promise.reject(new Error('no such binary')), () => undefined),
      ]);
      return server;
    });
    await expect(failing).rejects.toThrow(/^no such binary$/);
    expect(servers.map(({ listening: isListening }) => isListening)).toEqual([false, false]);
  });

  it('gives what was set up, open', async () => {
    const closers: Closers[] = [];
    const server = await setUp((opened) => {
      closers.push(opened);
      return opened.use(listening(), stopped);
    });
    expect(server.listening).toBe(true);
    await closers[0]?.close();
    expect(server.listening).toBe(false);
  });
});
