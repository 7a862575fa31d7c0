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

/**
 * The pulse of all subscriptions of this process: renews their leases, follows who joined and left, and looks for
 * records, replays and chores that no notification told of.
 */
export class Coordinator {
  readonly #logger = new Logger('MessageBus');
  readonly #members = new Map<string, Member>();
  readonly #tick = new PacedTask(paceMs, () => this.#pulse());
  #timer: NodeJS.Timeout | undefined;
  #lastRenewed = performance.now();
  #away = false;

  constructor(
    private readonly registry: GroupRegistry,
    private readonly committer: OffsetCommitter,
    private readonly retention: Retention,
    private readonly options: CoordinatorOptions,
  ) {}

  get readAhead(): number {
    return [...this.#members.values()].reduce((sum, member) => sum + member.readAhead, 0);
  }

  async join(member: Member): Promise<void> {
    const { id, group } = member.registration;
    this.#members.set(id, member);
    this.#timer ??= setInterval(() => this.#tick.request(), Math.min(this.options.leaseMs / 4, this.options.pollMs));
    await this.#tick.now();
    await this.registry.tell(group);
  }

  async leave(member: Member): Promise<void> {
    this.#members.delete(member.registration.id);
    member.stopTaking();
    if (this.#members.size === 0) this.#stopTimer();
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
    this.#stopTimer();
    await this.#tick.cancel();
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
    const registrations = members.map(({ registration }) => registration);
    await this.registry.renew(registrations);
    const view = await this.registry.view(registrations.map(({ group }) => group));
    for (const member of members) await member.reconcile(view);
    await this.#findReplays();
    this.committer.retry();
    this.retention.runWhenDue();
  }

  async #findReplays(): Promise<void> {
    const replays = await this.registry.replays([...this.#members.keys()]);
    for (const { id, owner, topic, partition, replay_after } of replays) {
      this.#members.get(owner)?.lane(topic, partition)?.replay(id, Number(replay_after));
    }
  }

  #abandonAll(): void {
    for (const member of this.#members.values()) member.abandonAll();
  }

  #list(): Member[] {
    return [...this.#members.values()];
  }

  #stopTimer(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
