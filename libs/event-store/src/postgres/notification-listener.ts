import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg, { type Notification } from 'pg';
import type { News, Wakeups } from '../wakeups.js';

const FIRST_PAUSE_MS = 100;
/** Tails wait for this connection when the server is back, so it is tried each second. */
const LONGEST_PAUSE_MS = 1_000;

/** Keeps one connection listening, whatever happens to it, and wakes the tails. Opened when first needed. */
export class NotificationListener {
  private readonly abort = new AbortController();
  private running: Promise<void> | undefined;
  private giveUp: () => void = () => undefined;

  constructor(
    private readonly options: {
      readonly connection: pg.ClientConfig;
      readonly channel: string;
      readonly wakeups: Wakeups;
      /** At every notification. */
      readonly onTold: () => void;
      readonly onError: (error: unknown) => void;
    },
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** The connection is there and says nothing: another takes its place. */
  reconnect(): void {
    this.giveUp();
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.abort;
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.listen(() => (pauseMs = FIRST_PAUSE_MS));
      } catch (error) {
        if (this.isClosed()) return;
        this.options.onError(error);
        await pause(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private isClosed(): boolean {
    return this.abort.signal.aborted;
  }

  /** Until the connection is lost or given up, which throws, or until close. */
  private async listen(onConnected: () => void): Promise<void> {
    const { connection, channel, wakeups, onTold } = this.options;
    const client = new pg.Client(connection);
    client.on('error', () => undefined); // `ended` tells; a second error must not end the process
    const ended = once(client, 'end', { signal: this.abort.signal });
    ended.catch(() => undefined); // awaited below; may settle earlier
    const givenUp = new Promise<boolean>((resolve) => (this.giveUp = () => resolve(true)));
    let isDeaf = false;
    try {
      await client.connect();
      client.on('notification', (news) => {
        onTold();
        wakeups.wake(newsIn(news));
      });
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      onConnected();
      wakeups.wake(); // whatever came while nobody listened
      isDeaf = await Promise.race([ended.then(() => false), givenUp]);
    } finally {
      const closed = client.end().catch(() => undefined);
      if (!isDeaf) await closed; // a network that swallows everything swallows the end too
    }
    throw new Error(isDeaf ? 'The listening connection was told nothing of what came' : 'The connection ended');
  }
}

/** Undefined: nothing is said of what came. */
function newsIn({ payload }: Notification): readonly News[] | undefined {
  if (payload === undefined || payload === '') return undefined;
  return payload.split(',').map((pair) => {
    const [source = '', type = ''] = pair.split('/');
    return { source, type };
  });
}
