import type { Socket } from 'socket.io';

/** Counts the packets that wait for a client's connection: what was made minus what was handed to the transport. */
export class Backlog {
  private waiting = 0;

  constructor(connection: Socket['conn']) {
    connection.on('packetCreate', () => (this.waiting += 1));
    connection.on('flush', () => (this.waiting = 0));
  }

  get size(): number {
    return this.waiting;
  }
}
