/** A message of the PostgreSQL protocol: its type and all of its bytes. */
export interface WireMessage {
  readonly type: string;
  readonly bytes: Buffer;
}

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;

export type Startup = { readonly kind: 'encryption' } | { readonly kind: 'start'; readonly parameters: ReadonlyMap<string, string> };

/** Cuts what a client sends into messages. The first ones have no type. */
export class WireReader {
  private rest: Buffer = Buffer.alloc(0);

  push(piece: Buffer): void {
    this.rest = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
  }

  startup(): Startup | undefined {
    const bytes = this.take(0);
    if (bytes === undefined) return undefined;
    const code = bytes.readInt32BE(4);
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'encryption' };
    const words = bytes.toString('utf8', 8).split('\0');
    const parameters = new Map<string, string>();
    for (let at = 0; at + 1 < words.length; at += 2) parameters.set(words[at] ?? '', words[at + 1] ?? '');
    return { kind: 'start', parameters };
  }

  message(): WireMessage | undefined {
    const bytes = this.take(1);
    return bytes && { type: String.fromCharCode(bytes[0] ?? 0), bytes };
  }

  private take(lengthAt: number): Buffer | undefined {
    if (this.rest.length < lengthAt + 4) return undefined;
    const end = lengthAt + this.rest.readInt32BE(lengthAt);
    if (this.rest.length < end) return undefined;
    const bytes = this.rest.subarray(0, end);
    this.rest = this.rest.subarray(end);
    return bytes;
  }
}

export function wireMessage(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

export const text = (value: string) => Buffer.from(`${value}\0`);

export function messagesOf(bytes: Uint8Array): WireMessage[] {
  const reader = new WireReader();
  reader.push(Buffer.from(bytes));
  const messages: WireMessage[] = [];
  for (let next = reader.message(); next !== undefined; next = reader.message()) messages.push(next);
  return messages;
}

export const simpleQuery = (sql: string) => wireMessage('Q', text(sql));
export const sqlOf = ({ bytes }: WireMessage) => bytes.toString('utf8', 5, bytes.length - 1);

/** Sessions share one backend: a prepared statement is kept under a name of its session. */
export function withStatementPrefix({ type, bytes }: WireMessage, prefix: string): Buffer {
  const body = bytes.subarray(5);
  const at = statementNameAt(type, body);
  if (at === undefined || body[at] === 0) return bytes;
  return wireMessage(type, Buffer.concat([body.subarray(0, at), Buffer.from(prefix), body.subarray(at)]));
}

function statementNameAt(type: string, body: Buffer): number | undefined {
  if (type === 'P') return 0;
  if (type === 'B') return body.indexOf(0) + 1;
  return (type === 'D' || type === 'C') && body[0] === 'S'.charCodeAt(0) ? 1 : undefined;
}
