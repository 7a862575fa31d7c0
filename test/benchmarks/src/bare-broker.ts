import { createServer, type Server } from 'node:net';
import { Aedes } from 'aedes';

/** A broker that stores nothing: what the same clients get without the product behind it. */
export async function startBareBroker(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle.bind(broker));
  const port = await listen(server);
  return {
    url: `mqtt://127.0.0.1:${String(port)}`,
    stop: async () => {
      await new Promise<void>((resolve) => broker.close(resolve));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
