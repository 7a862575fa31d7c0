import { deadLetterUnknown } from '../dead-letter-unknown.js';
import { describeError } from '../describe-error.js';
import type { BusRecord, DeadLetter, DeadLetters } from '../message-bus.port.js';
import { deadLettersTopic, replaysTopic } from '../topic-catalogue.js';
import type { FetchedMessage } from './kafka-cluster.js';
import { busError } from './kafka-errors.js';
import type { LaneLetters } from './lane-letters.js';
import type { LogReader } from './log-reader.js';
import type { ReplayEntry } from './replay-ledger.js';
import type { ReplayLog } from './replay-log.js';

type StoredLetter = Omit<DeadLetter, 'id' | 'replayedAt'>;

export interface DeadLetterPlumbing {
  readonly publish: (topic: string, records: readonly BusRecord[]) => Promise<void>;
  readonly letters: LogReader;
  readonly replays: LogReader;
  readonly replayLog: ReplayLog;
  /** The offset after the newest record. */
  readonly endOf: (topic: string, partition: number) => Promise<number>;
  readonly requireOpen: () => void;
}

const longestError = 16 * 1024;
/** For what is there already: only a leader that has just changed needs it. */
const readWaitMs = 250;

/** One topic of letters, one of what became of their replays. The id of a letter is its offset plus one. */
export class KafkaDeadLetters implements DeadLetters {
  constructor(private readonly plumbing: DeadLetterPlumbing) {}

  async list(options: { group?: string; after?: string; limit?: number } = {}): Promise<readonly DeadLetter[]> {
    const { group, after = '0', limit = 100 } = options;
    const { letters } = this.plumbing;
    return this.#asking(async () => {
      const found: DeadLetter[] = [];
      const { first, end } = await letters.bounds();
      await this.#catchUp();
      for (let from = Math.max(first, idNumber(after)); from < end && found.length < limit; ) {
        const { messages, next } = await letters.read(from, readWaitMs);
        const read = messages.map((message) => this.#letter(message));
        found.push(...read.filter((letter) => group === undefined || letter.group === group));
        from = next;
      }
      return found.slice(0, limit);
    });
  }

  get(id: string): Promise<DeadLetter> {
    return this.#asking(async () => {
      const message = await this.#message(id);
      await this.#catchUp();
      return this.#letter(message);
    });
  }

  /** Returns when the wish is stored: whichever member holds the partition then carries it out. */
  replay(id: string): Promise<void> {
    return this.#asking(async () => {
      const { group, record } = this.#letter(await this.#message(id));
      const { topic, partition } = record;
      const notBefore = await this.plumbing.endOf(topic, partition);
      await this.#note({ kind: 'requested', id, group, topic, partition, notBefore });
    });
  }

  /** As the lanes of one group see it. */
  of(group: string, topic: string): LaneLetters {
    const { ledger } = this.plumbing.replayLog;
    return {
      bury: (record, error) => this.#bury({ group, record, error: storable(error), failedAt: now() }),
      due: (partition, position) => ledger.due(group, topic, partition, position),
      record: async (id) => this.#letter(await this.#message(id)).record,
      replayed: (id) => this.#note({ kind: 'replayed', id, at: now() }),
      failedAgain: (id, error) => this.#note({ kind: 'failed', id, at: now(), error: storable(error) }),
    };
  }

  async #bury(letter: StoredLetter): Promise<void> {
    await this.plumbing.publish(deadLettersTopic, [{ key: letter.group, headers: {}, value: letter }]);
  }

  /** Known here at once: a lane must not deliver a replay twice because its own log is behind. */
  async #note(entry: ReplayEntry): Promise<void> {
    await this.plumbing.publish(replaysTopic, [{ key: entry.id, headers: {}, value: entry }]);
    await this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    const { end } = await this.plumbing.replays.bounds();
    await this.plumbing.replayLog.knows(end);
  }

  async #message(id: string): Promise<FetchedMessage> {
    const offset = idNumber(id) - 1;
    const { first, end } = await this.plumbing.letters.bounds();
    if (offset < first || offset >= end) throw deadLetterUnknown(id);
    const { messages } = await this.plumbing.letters.read(offset, readWaitMs);
    const [message] = messages;
    if (message === undefined || Number(message.offset) !== offset) throw deadLetterUnknown(id);
    return message;
  }

  #letter({ offset, value }: FetchedMessage): DeadLetter {
    const id = String(Number(offset) + 1);
    const stored = JSON.parse(String(value)) as StoredLetter;
    const { replayedAt, failure } = this.plumbing.replayLog.ledger.of(id);
    const newest = failure === undefined ? {} : { error: failure.error, failedAt: failure.at };
    return { id, ...stored, ...newest, replayedAt };
  }

  async #asking<T>(question: () => Promise<T>): Promise<T> {
    this.plumbing.requireOpen();
    try {
      return await question();
    } catch (error) {
      throw busError(error);
    }
  }
}

function now(): string {
  return new Date().toISOString();
}

function storable(error: unknown): string {
  return describeError(error).slice(0, longestError);
}

function idNumber(id: string): number {
  if (!/^\d{1,15}$/.test(id)) throw deadLetterUnknown(id);
  return Number(id);
}
