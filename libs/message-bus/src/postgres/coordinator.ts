import { Logger } from '@nestjs/common';
import type { GroupRegistry } from './group-registry.js';
import type { Member } from './member.js';
import type { OffsetCommitter } from './offset-committer.js';
import { PacedTask } from './paced-task.js';
import type { Retention } from './retention.js';

export interface CoordinatorOptions {
  readonly leaseMs: number;
  readonly pollMs: number;
}

const paceMs = 20;
/** A lease that has just run out is not looked at a moment too early. */
const expiryGraceMs = 20;

/**
 * The pulse of all subscriptions of this process: renews their leases, follows who joined and left, and looks for
 * records, replays and chores that no notification told of. One statement each time, and one timer for the next.
 */
export class Coordinator {
  readonly #logger = new Logger('MessageBus');
  readonly #members = new Map<string, Member>();
  readonly #tick = new PacedTask(paceMs, () => this.#pulse().finally(() => this.#setTimer()));
  #timer: NodeJS.Timeout | undefined;
  #lastRenewed = performance.now();
  #away = false;
  #nextExpiryMs = Infinity;

  constructor(
    private readonly registry: Pick<GroupRegistry, 'beat' | 'tell'>,
    private readonly committer: Pick<OffsetCommitter, 'retry'>,
    private readonly retention: Pick<Retention, 'runWhenDue' | 'finished'>,
    private readonly options: CoordinatorOptions,
  ) {}

  get readAhead(): number {
    return [...this.#members.values()].reduce((sum, member) => sum + member.readAhead, 0);
  }

  async join(member: Member): Promise<void> {
    const { id, group } = member.registration;
    this.#members.set(id, member);
    await this.#tick.now();
    await this.registry.tell(group);
  }

  async leave(member: Member): Promise<void> {
    this.#members.delete(member.registration.id);
    member.stopTaking();
    await this.#tick.now(); // a pulse on its way might enter the member again
    await member.leave();
  }

  /** Something changed that the next pulse will find. */
  wake(): void {
    if (this.#members.size > 0) this.#tick.request();
  }

  groupChanged(group: string): void {
    if (this.#list().some(({ registration }) => registration.group === group)) this.wake();
  }

  partitionGrew(topic: string, partition: number, nextOffset: number): void {
    for (const member of this.#members.values()) member.lane(topic, partition)?.reachesTo(nextOffset);
  }

  async close(): Promise<void> {
    await this.#tick.cancel();
    clearTimeout(this.#timer);
    await this.retention.finished();
  }

  async #pulse(): Promise<void> {
    if (this.#members.size === 0) return;
    const began = performance.now();
    try {
      await this.#keepUp();
      this.#lastRenewed = began;
      if (this.#away) this.#logger.log('The message bus is back');
      this.#away = false;
    } catch (error) {
      if (!this.#away) this.#logger.warn(`The message bus is away: ${String(error)}`);
      this.#away = true;
      if (performance.now() - this.#lastRenewed > this.options.leaseMs) this.#abandonAll();
    }
  }

  async #keepUp(): Promise<void> {
    const members = this.#list();
    const view = await this.registry.beat(members.map(({ registration }) => registration));
    this.#nextExpiryMs = view.nextExpiryMs + expiryGraceMs;
    // What waits for the partitions just taken is not in this view.
    for (const member of members) if (await member.reconcile(view)) this.#tick.request();
    for (const { id, owner, topic, partition, notBefore } of view.replays) {
      this.#members.get(owner)?.lane(topic, partition)?.replay(id, notBefore);
    }
    this.committer.retry();
    this.retention.runWhenDue();
  }

  #abandonAll(): void {
    for (const member of this.#members.values()) member.abandonAll();
  }

  #list(): Member[] {
    return [...this.#members.values()];
  }

  /** For the next instant at which there may be something to do that nobody tells of. */
  #setTimer(): void {
    clearTimeout(this.#timer);
    if (this.#members.size === 0) return;
    const { leaseMs, pollMs } = this.options;
    const nextMs = this.#away ? leaseMs / 5 : Math.min(leaseMs / 2.5, pollMs, this.#nextExpiryMs);
    this.#timer = setTimeout(() => this.#tick.request(), nextMs);
  }
}
