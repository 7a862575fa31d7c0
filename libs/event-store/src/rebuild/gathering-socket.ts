import { Socket } from 'node:net';

/** Sends what is written in one turn at once: a pipelined connection writes thousands of small messages in a row. */
export function gatheringSocket(): Socket {
  const socket = new Socket();
  const write = socket.write.bind(socket);
  let isGathering = false;
  const gather = (...args: Parameters<typeof write>) => {
    if (!isGathering) {
      isGathering = true;
      socket.cork();
      process.nextTick(() => {
        isGathering = false;
        socket.uncork();
      });
    }
    return write(...args);
  };
  socket.write = gather as Socket['write']; // both of its forms
  return socket;
}
