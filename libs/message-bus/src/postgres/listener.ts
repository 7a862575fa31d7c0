import pg from 'pg';
import { StopSignal } from '../stop-signal.js';
import type { PostgresEngine } from './postgres-engine.js';

export interface ListenerEvents {
  readonly notified: (channel: string, payload: string) => void;
  /** (Re)connected: whatever was said meanwhile is missed. */
  readonly connected: () => void;
}

const longestPauseMs = 2_000;

/** Keeps one connection that LISTENs, through restarts of the server. */
export class Listener {
  readonly #channels = new Set<string>();
  readonly #stop = new StopSignal();
  #client: pg.Client | undefined;
  #loop: Promise<void> | undefined;

  constructor(
    private readonly engine: PostgresEngine,
    private readonly events: ListenerEvents,
  ) {}

  async listen(channels: readonly string[]): Promise<void> {
    for (const channel of channels) this.#channels.add(channel);
    this.#loop ??= this.#stayConnected();
    const client = this.#client;
    // Not connected, or breaking right now: connecting again listens to all channels.
    if (client !== undefined) await listenTo(client, channels).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#stop.stop();
    await this.#client?.end().catch(() => undefined);
    await this.#loop;
  }

  async #stayConnected(): Promise<void> {
    let pauseMs = 50;
    while (!this.#stop.stopped) {
      const connected = await this.#connectOnce();
      pauseMs = connected ? 50 : Math.min(longestPauseMs, pauseMs * 2);
      await this.#stop.pause(pauseMs);
    }
  }

  /** Resolves when the connection ends; false when there never was one. */
  async #connectOnce(): Promise<boolean> {
    const client = this.engine.client();
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', () => undefined); // 'end' follows
    client.on('notification', ({ channel, payload }) => this.events.notified(channel, payload ?? ''));
    try {
      await client.connect();
      await listenTo(client, [...this.#channels]);
    } catch {
      await client.end().catch(() => undefined);
      return false;
    }
    this.#client = client;
    if (this.#stop.stopped) await client.end();
    else this.events.connected();
    await ended;
    this.#client = undefined;
    return true;
  }
}

async function listenTo(client: pg.Client, channels: readonly string[]): Promise<void> {
  await client.query(channels.map((channel) => `listen ${client.escapeIdentifier(channel)}`).join(';'));
}
