import type { PostgresEngine } from './postgres-engine.js';
import { PacedTask } from './paced-task.js';

export interface Head {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: number;
}

const paceMs = 5;

/** The commit waits for no disk: a notification does not survive a crash anyway. */
const notifySql = `
select set_config('synchronous_commit', 'off', true), pg_notify(c, p)
from unnest($1::text[], $2::text[]) as n(c, p)`;

/**
 * Tells consumers how far each partition goes now. Apart from the publishing transaction, because NOTIFY makes
 * transactions of the whole cluster commit one after the other. A lost word is made good by their slow poll.
 */
export class Announcer {
  #heads = new Map<string, Map<number, number>>();
  readonly #send: PacedTask;

  constructor(private readonly engine: PostgresEngine) {
    this.#send = new PacedTask(paceMs, () => this.#sendAll());
  }

  announce(heads: readonly Head[]): void {
    for (const { topic, partition, nextOffset } of heads) {
      const partitions = this.#heads.get(topic) ?? new Map<number, number>();
      this.#heads.set(topic, partitions.set(partition, nextOffset));
    }
    this.#send.request();
  }

  async close(): Promise<void> {
    await this.#send.now();
  }

  async #sendAll(): Promise<void> {
    const heads = this.#heads;
    if (heads.size === 0) return;
    this.#heads = new Map();
    const channels = [...heads.keys()].map((topic) => headsChannel(this.engine.schema, topic));
    const payloads = [...heads.values()].map((partitions) => JSON.stringify([...partitions]));
    try {
      await this.engine.durable(notifySql, [channels, payloads]);
    } catch {
      // The poll of the consumers covers it.
    }
  }
}

/** A channel name is an identifier: 63 bytes at most, which topic names keep below. */
export function headsChannel(schema: string, topic: string): string {
  return `${schema}.${topic}`;
}

export function parseHeads(payload: string): readonly (readonly [partition: number, nextOffset: number])[] {
  return JSON.parse(payload) as [number, number][];
}
