import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { decideCosignature, formatNote, generateSigningKey, parseSigningKey, parseVerifierKey, type NoteVerifier, type WitnessRecord } from '@brain/verifiable-log';

const ORIGIN = 'community-brain/log';

/** A witness over HTTP that decides as every witness of ours does, and can be told to be away. */
export class WitnessUnderTest {
  readonly seen = new Map<string, WitnessRecord>();
  readonly vkey: string;
  /** It trusts the log it is told of by this key. */
  logVkey = '';
  away = false;
  private readonly signer;
  private readonly server: Server;

  constructor() {
    const { skey, vkey } = generateSigningKey('witness.example', 'cosignature/v1');
    this.vkey = vkey;
    this.signer = parseSigningKey(skey);
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        const { status, said } = this.answer(body);
        response.writeHead(status).end(said);
      });
    });
  }

  async start(): Promise<string> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(body: string): { status: number; said: string } {
    if (this.away) return { status: 503, said: 'away\n' };
    const decision = decideCosignature(body, { logs: new Map([[ORIGIN, this.trusted()]]), seen: this.seen });
    if (decision.answer === 'refuse') return { status: decision.status, said: decision.status === 409 ? `${decision.seenSize}\n` : `${decision.code}\n` };
    this.seen.set(decision.origin, decision.record);
    const note = formatNote({ text: decision.text, signatures: [this.signer.sign(decision.text)] });
    return { status: 200, said: note.slice(decision.text.length + 1) };
  }

  private trusted(): readonly NoteVerifier[] {
    return this.logVkey === '' ? [] : [parseVerifierKey(this.logVkey)];
  }
}
