import { io, type Socket } from 'socket.io-client';
import {
  SOCKET_NAMESPACE,
  type Change,
  type ClientToServerEvents,
  type ServerToClientEvents,
  type Snapshot,
  type SubscribeAck,
  type SubscribeRequest,
} from '@brain/contracts';

/** A control-room client that keeps everything it was told. */
export interface OperationsSocket {
  readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  readonly snapshots: Snapshot[];
  readonly changes: Change[];
  subscribe(request: SubscribeRequest): Promise<SubscribeAck>;
  close(): void;
}

export async function connectOperations(url: string, token: string, lastSeq?: number): Promise<OperationsSocket> {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(`${url}${SOCKET_NAMESPACE}`, {
    auth: lastSeq === undefined ? { token } : { token, lastSeq },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const snapshots: Snapshot[] = [];
  const changes: Change[] = [];
  socket.on('snapshot', (snapshot) => snapshots.push(snapshot));
  socket.on('change', (change) => changes.push(change));
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
      // The line is open and the server dies before it answers: then there is no connect_error.
      socket.once('disconnect', (reason) => reject(new Error(reason)));
    });
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    socket,
    snapshots,
    changes,
    subscribe: (request) => socket.timeout(10_000).emitWithAck('subscribe', request),
    close: () => socket.close(),
  };
}
