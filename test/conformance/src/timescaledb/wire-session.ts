import type { Socket } from 'node:net';
import type { SessionSettings, SharedBackend } from './shared-backend.js';
import { messagesOf, sqlOf, text, wireMessage, WireReader, withStatementPrefix, type WireMessage } from './wire-messages.js';

const COPY_IN = /^\s*COPY\b.*\bFROM\s+STDIN/is;
const SEARCH_PATH = /-c search_path=(\S+)/;
const PARAMETERS = { server_version: '17.5', client_encoding: 'UTF8', DateStyle: 'ISO, MDY', TimeZone: 'UTC', integer_datetimes: 'on', standard_conforming_strings: 'on' };
const READY = wireMessage('Z', Buffer.from('I'));

/** One client on the shared backend. It may be anybody: whoever connects has the rights of the user it names. */
export class WireSession {
  private readonly reader = new WireReader();
  private readonly prefix: string;
  private settings: SessionSettings | undefined;
  private pending: Buffer[] = [];
  private isCopying = false;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: Socket,
    private readonly backend: SharedBackend,
    id: number,
  ) {
    this.prefix = `s${String(id)}_`;
    socket.on('data', (piece) => {
      this.reader.push(Buffer.from(piece));
      this.turn = this.turn.then(() => this.readAll()).catch((error: unknown) => {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.turn = this.turn.then(() => this.backend.leave(this));
    });
  }

  /** Settles when everything that was received is done. */
  settled(): Promise<void> {
    return this.turn;
  }

  private async readAll(): Promise<void> {
    if (this.settings === undefined && !this.start()) return;
    for (let message = this.reader.message(); message !== undefined; message = this.reader.message()) await this.take(message);
  }

  private start(): boolean {
    for (let startup = this.reader.startup(); startup !== undefined; startup = this.reader.startup()) {
      if (startup.kind === 'encryption') this.socket.write('N');
      else {
        const [, searchPath] = SEARCH_PATH.exec(startup.parameters.get('options') ?? '') ?? [];
        this.settings = { role: startup.parameters.get('user') ?? 'postgres', searchPath: searchPath ?? 'public' };
        this.socket.write(Buffer.concat([wireMessage('R', Buffer.alloc(4)), ...parameterStatus(), READY]));
        return true;
      }
    }
    return false;
  }

  private async take(message: WireMessage): Promise<void> {
    if (message.type === 'X') {
      this.socket.end();
      return;
    }
    this.pending.push(withStatementPrefix(message, this.prefix));
    if (message.type === 'Q' && COPY_IN.test(sqlOf(message))) {
      // The backend reads what it is given in one piece: it gets the command together with all the lines.
      this.isCopying = true;
      this.socket.write(wireMessage('G', Buffer.alloc(3)));
    } else if (this.isCopying ? 'cf'.includes(message.type) : 'QS'.includes(message.type)) await this.run();
  }

  private async run(): Promise<void> {
    const { settings, isCopying } = this;
    if (settings === undefined) throw new Error('The session was not started');
    const messages = Buffer.concat(this.pending);
    this.pending = [];
    this.isCopying = false;
    const answer = await this.backend.run(this, settings, messages);
    this.socket.write(isCopying ? withoutCopyIn(answer) : answer);
  }
}

/** The client was told already. */
function withoutCopyIn(answer: Buffer): Buffer {
  return Buffer.concat(messagesOf(answer).filter(({ type }) => type !== 'G').map(({ bytes }) => bytes));
}

const parameterStatus = () => Object.entries(PARAMETERS).map(([name, value]) => wireMessage('S', Buffer.concat([text(name), text(value)])));
