import { deliver } from '../deliver.js';
import type { DeadLetter, DeliveredRecord } from '../message-bus.port.js';
import type { InMemoryDeadLetters } from './in-memory-dead-letters.js';
import type { InMemoryMember } from './in-memory-member.js';
import type { InMemoryTopic } from './in-memory-topic.js';

interface Replay {
  readonly letter: DeadLetter;
  /** What was waiting when the replay was asked for goes first. */
  readonly notBefore: number;
}

/** One group's way through one partition: where it is, and who delivers for it at the moment. */
export class InMemoryLane {
  readonly #replays: Replay[] = [];
  #running: Promise<void> | undefined;

  constructor(
    private readonly group: string,
    readonly topic: InMemoryTopic,
    readonly partition: number,
    private position: number,
    private readonly deadLetters: InMemoryDeadLetters,
    private readonly ownerOf: (lane: InMemoryLane) => InMemoryMember | undefined,
  ) {}

  /** Undefined when it has nothing to do. */
  get running(): Promise<void> | undefined {
    return this.#running;
  }

  get lag(): number {
    return this.topic.end(this.partition) - this.position;
  }

  replay(letter: DeadLetter): void {
    this.#replays.push({ letter, notBefore: this.topic.end(this.partition) });
    this.wake();
  }

  wake(): void {
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // never inside publish()
    for (;;) {
      const member = this.ownerOf(this);
      const work = member && this.#nextFor(member);
      if (work === undefined) return;
      await member?.track(work(member));
    }
  }

  #nextFor(member: InMemoryMember): ((member: InMemoryMember) => Promise<void>) | undefined {
    const replay = this.#replays.find(({ notBefore }) => notBefore <= this.position);
    if (replay !== undefined) return (owner) => this.#deliverReplay(owner, replay);
    const records = this.topic.read(this.partition, this.position, member.maxBatch);
    return records.length === 0 ? undefined : (owner) => this.#deliverRecords(owner, records);
  }

  async #deliverRecords(member: InMemoryMember, records: readonly DeliveredRecord[]): Promise<void> {
    const done = await deliver(records, {
      ...member.delivery,
      bury: (record, error) => {
        this.deadLetters.add(this.group, record, error);
        this.position = record.offset + 1;
        return Promise.resolve();
      },
    });
    const last = records.at(-1);
    if (done && last !== undefined) this.position = last.offset + 1;
  }

  async #deliverReplay(member: InMemoryMember, replay: Replay): Promise<void> {
    const failures: unknown[] = [];
    const done = await deliver([replay.letter.record], {
      ...member.delivery,
      bury: (_record, error) => {
        failures.push(error);
        return Promise.resolve();
      },
    });
    if (!done) return;
    this.#replays.splice(this.#replays.indexOf(replay), 1);
    if (failures.length === 0) this.deadLetters.replayed(replay.letter);
    else this.deadLetters.failedAgain(replay.letter, failures[0]);
  }
}
