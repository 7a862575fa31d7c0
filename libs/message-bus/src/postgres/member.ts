import { fairShare } from './fair-share.js';
import type { GroupPartition, GroupRegistry, GroupsView, Registration } from './group-registry.js';
import { Lane, type LanePlumbing, type LaneWork } from './lane.js';

/** One subscription in this process, and the lanes of the partitions it holds. */
export class Member {
  readonly #lanes = new Map<string, Lane>();
  readonly #givingUp = new Set<Lane>();
  #leaving = false;

  constructor(
    readonly registration: Registration,
    private readonly work: LaneWork,
    private readonly registry: Pick<GroupRegistry, 'claim' | 'release' | 'leave' | 'tell'>,
    private readonly plumbing: LanePlumbing,
  ) {}

  get readAhead(): number {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + lane.readAhead, 0);
  }

  lane(topic: string, partition: number): Lane | undefined {
    return this.#lanes.get(laneId(topic, partition));
  }

  /** Lets go of what it lost or has too much of, and takes what is missing to its fair share. True when it took some. */
  async reconcile(view: GroupsView): Promise<boolean> {
    const { group, topics } = this.registration;
    let took = false;
    for (const topic of topics) {
      if (this.#leaving) return took;
      const partitions = view.partitions.filter((row) => row.group === group && row.topic === topic);
      this.#update(partitions);
      const members = view.members.filter((member) => member.group === group && member.topics.includes(topic));
      if (await this.#takeShare(topic, partitions, members.map(({ id }) => id))) took = true;
    }
    return took;
  }

  /** No new handler runs from now on, whatever pulse is on its way. */
  stopTaking(): void {
    this.#leaving = true;
    this.abandonAll();
  }

  /** Waits for the running handlers, commits what they did and leaves the group. */
  async leave(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map(({ finished }) => finished));
    await this.plumbing.committer.flush();
    await this.registry.leave(this.registration);
    await this.registry.tell(this.registration.group);
  }

  /** The lease may have run out unnoticed: whoever else reads these partitions now, it must not be this member. */
  abandonAll(): void {
    for (const lane of this.#lanes.values()) lane.stop();
  }

  #update(partitions: readonly GroupPartition[]): void {
    for (const { topic, partition, owner, epoch, nextOffset } of partitions) {
      const lane = this.lane(topic, partition);
      if (lane === undefined) continue;
      if (owner === lane.lease.owner && epoch === lane.lease.epoch) lane.reachesTo(nextOffset);
      else lane.stop();
    }
  }

  async #takeShare(topic: string, partitions: readonly GroupPartition[], members: readonly string[]): Promise<boolean> {
    const lanes = [...this.#lanes.values()].filter(({ lease }) => lease.topic === topic);
    const held = lanes.filter(({ stopping }) => !stopping);
    const { id } = this.registration;
    const share = fairShare(id, members, { name: topic, partitions: partitions.length }, held.length);
    for (const lane of held.slice(held.length - share.release)) void this.#giveUp(lane);
    const free = partitions.some(({ owner }) => owner === null || owner === id || !members.includes(owner));
    return share.claim > 0 && free && (await this.#claim(topic, share.claim, lanes));
  }

  async #claim(topic: string, count: number, lanes: readonly Lane[]): Promise<boolean> {
    const except = lanes.map(({ lease }) => lease.partition);
    const claims = await this.registry.claim(this.registration, topic, count, except);
    if (this.#leaving) return false; // leaving releases them
    for (const claimed of claims) {
      const { lease, committedOffset, nextOffset } = claimed;
      const lane = new Lane(lease, committedOffset, nextOffset, this.work, this.plumbing);
      this.#add(laneId(topic, lease.partition), lane);
    }
    return claims.length > 0;
  }

  async #giveUp(lane: Lane): Promise<void> {
    this.#givingUp.add(lane);
    lane.stop();
    await lane.finished;
    await this.plumbing.committer.flush();
    try {
      await this.registry.release(lane.lease);
      await this.registry.tell(lane.lease.group);
    } catch {
      // Still its owner then, without a lane: it may take the partition again, or lose it with its lease.
    }
    this.#lanes.delete(laneId(lane.lease.topic, lane.lease.partition));
    this.#givingUp.delete(lane);
  }

  /** A lane keeps its place until its handler is done: this member never runs two for one partition. */
  #add(id: string, lane: Lane): void {
    this.#lanes.set(id, lane);
    void lane.finished.then(() => {
      if (!this.#givingUp.has(lane)) this.#lanes.delete(id);
    });
  }
}

function laneId(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
