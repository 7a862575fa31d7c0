import { randomUUID } from 'node:crypto';
import type { EventStoreDbServer } from './eventstoredb-server.js';

interface Crafted {
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
}

/** Past every adapter, as another program would. */
export function writeForeign({ node }: EventStoreDbServer, streamName: string, { type, data, metadata }: Crafted): void {
  const bytes = (value: unknown) => (value === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(value)));
  node.log.append(streamName, 'any', [{ id: randomUUID(), type, contentType: 'application/json', data: bytes(data), metadata: bytes(metadata) }]);
}

/** So many events of another product that uses the same server. */
export function writeOthers(server: EventStoreDbServer, count: number): void {
  for (let n = 0; n < count; n += 1) writeForeign(server, `invoice-${String(n % 100)}`, { type: 'InvoiceSent', data: { n } });
}

/** The metadata of a stream, as an administrator sets it. */
export function setStreamMetadata(server: EventStoreDbServer, streamName: string, metadata: object): void {
  writeForeign(server, `$$${streamName}`, { type: '$metadata', data: metadata });
}
