import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { decideCosignature, MAX_NOTE_BYTES, noteFromBytes, signatureLine, type NoteSigner, type NoteVerifier, type WitnessDecision } from '@brain/verifiable-log';
import type { WitnessMemory } from './witness-memory.js';

export interface Witness {
  readonly signer: NoteSigner;
  readonly memory: WitnessMemory;
  /** Trusted keys by origin. */
  readonly logs: ReadonlyMap<string, readonly NoteVerifier[]>;
  /** Told of every refusal: it may be the trace of a log that lies. */
  readonly onRefusal: (decision: Extract<WitnessDecision, { answer: 'refuse' }>) => void;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

/** `POST /add-checkpoint` of C2SP tlog-witness, and `GET /vkey`: the public key to give to readers. */
export function witnessServer(witness: Witness): Server {
  // One at a time: between looking at what was cosigned and remembering the next, nothing else may happen.
  let last: Promise<unknown> = Promise.resolve();
  return createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/vkey') {
      send(response, { status: 200, body: `${witness.signer.vkey}\n` });
      return;
    }
    if (request.method !== 'POST' || request.url !== '/add-checkpoint') {
      send(response, { status: 404, body: 'POST /add-checkpoint\n' });
      return;
    }
    const inTurn = (body: Buffer): Promise<Answer> => {
      const turn = last.then(() => answer(body, witness));
      last = turn.catch(() => undefined);
      return turn;
    };
    bodyOf(request)
      .then((body) => (body === undefined ? { status: 413, body: 'too large\n' } : inTurn(body)))
      .catch((error: unknown): Answer => ({ status: 500, body: `${error instanceof Error ? error.message : 'failed'}\n` }))
      .then((ready) => send(response, ready), () => response.destroy());
  });
}

async function answer(body: Buffer, { signer, memory, logs, onRefusal }: Witness): Promise<Answer> {
  const decision = decideCosignature(textOf(body), { logs, seen: memory.seen });
  switch (decision.answer) {
    case 'cosign':
      await memory.remember(decision.origin, decision.record);
      return { status: 200, body: signatureLine(signer.sign(decision.text)) };
    case 'refuse':
      onRefusal(decision);
      if (decision.status === 409) return { status: 409, body: `${decision.seenSize}\n`, type: 'text/x.tlog.size' };
      return { status: decision.status, body: `${decision.code}: ${decision.reason}\n` };
  }
}

/** Not UTF-8 is no request; the empty text is refused as such. */
function textOf(body: Buffer): string {
  try {
    return noteFromBytes(body);
  } catch {
    return '';
  }
}

/** The body, or undefined when it is larger than a note and its proof can be. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_NOTE_BYTES + 4_096) chunks.push(chunk);
  }
  return bytes <= MAX_NOTE_BYTES + 4_096 ? Buffer.concat(chunks) : undefined;
}

function send(response: ServerResponse, { status, body, type = 'text/plain; charset=utf-8' }: Answer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
