import type { DeadLetter, GroupLag } from '../message-bus.port.js';
import type { InMemoryDeadLetters } from './in-memory-dead-letters.js';
import { InMemoryLane } from './in-memory-lane.js';
import type { InMemoryMember } from './in-memory-member.js';
import type { InMemoryTopic } from './in-memory-topic.js';

/** Remembers its position in every topic it ever read, also while it has no members. */
export class InMemoryGroup {
  readonly #lanes = new Map<string, readonly InMemoryLane[]>();
  readonly #members: InMemoryMember[] = [];

  constructor(
    private readonly name: string,
    private readonly deadLetters: InMemoryDeadLetters,
  ) {}

  get lanes(): readonly InMemoryLane[] {
    return [...this.#lanes.values()].flat();
  }

  /** Of the topics that have a member now. */
  get lag(): readonly GroupLag[] {
    const read = this.lanes.filter(({ topic }) => this.#members.some(({ topics }) => topics.has(topic.name)));
    return read.map((lane) => ({ group: this.name, topic: lane.topic.name, records: lane.lag }));
  }

  join(member: InMemoryMember, topics: readonly InMemoryTopic[], startFrom: 'earliest' | 'latest'): void {
    for (const topic of topics) {
      if (!this.#lanes.has(topic.name)) this.#lanes.set(topic.name, this.#lanesOf(topic, startFrom));
    }
    this.#members.push(member);
    this.wake();
  }

  async leave(member: InMemoryMember): Promise<void> {
    const index = this.#members.indexOf(member);
    if (index >= 0) this.#members.splice(index, 1);
    await member.finish();
    this.wake();
  }

  replay(letter: DeadLetter): void {
    const { topic, partition } = letter.record;
    this.#lanes.get(topic)?.[partition]?.replay(letter);
  }

  wake(): void {
    for (const lane of this.lanes) lane.wake();
  }

  #lanesOf(topic: InMemoryTopic, startFrom: 'earliest' | 'latest'): InMemoryLane[] {
    return Array.from({ length: topic.partitions }, (_, partition) => {
      const position = startFrom === 'earliest' ? 0 : topic.end(partition);
      return new InMemoryLane(this.name, topic, partition, position, this.deadLetters, (lane) => this.#ownerOf(lane));
    });
  }

  #ownerOf({ topic, partition }: InMemoryLane): InMemoryMember | undefined {
    const members = this.#members.filter(({ topics }) => topics.has(topic.name));
    return members[partition % members.length];
  }
}
