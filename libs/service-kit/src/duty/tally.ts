/** What was too much to be recorded one by one. */
export interface Counted<Fact> {
  readonly fact: Fact;
  readonly count: number;
  /** Milliseconds since the epoch, of the first that was only counted. */
  readonly since: number;
}

export interface Place {
  /** Whose allowance it takes from. */
  readonly bucket: string;
  /** What counts as the same once the allowance is used up. */
  readonly key: string;
  /** How many of the bucket are recorded one by one within a window. */
  readonly allowance: number;
}

interface Bucket<Fact> {
  readonly endsAt: number;
  used: number;
  readonly counted: Map<string, Counted<Fact>>;
}

/**
 * The first ones of each bucket pass, the rest of the window is counted by key: a flood costs a few records, and
 * nothing is lost silently. A window begins with the first of its bucket.
 */
export class Tally<Fact> {
  private readonly buckets = new Map<string, Bucket<Fact>>();
  private finished: Counted<Fact>[] = [];

  constructor(private readonly windowMs: number) {}

  /** May this one be recorded by itself? Otherwise it has been counted. */
  admits(fact: Fact, { bucket: name, key, allowance }: Place, now: number): boolean {
    const bucket = this.bucketAt(name, now);
    bucket.used += 1;
    if (bucket.used <= allowance) return true;
    const { count, since } = bucket.counted.get(key) ?? { count: 0, since: now };
    bucket.counted.set(key, { fact, count: count + 1, since });
    return false;
  }

  /** The counts of windows that are over by `now`; they are handed out once. */
  takeFinished(now: number): readonly Counted<Fact>[] {
    for (const [name, bucket] of this.buckets) if (bucket.endsAt <= now) this.finish(name, bucket);
    const finished = this.finished;
    this.finished = [];
    return finished;
  }

  /** They could not be written: they come again with the next. */
  giveBack(counted: readonly Counted<Fact>[]): void {
    this.finished.push(...counted);
  }

  private bucketAt(name: string, now: number): Bucket<Fact> {
    const known = this.buckets.get(name);
    if (known !== undefined && known.endsAt > now) return known;
    if (known !== undefined) this.finish(name, known);
    const bucket: Bucket<Fact> = { endsAt: now + this.windowMs, used: 0, counted: new Map() };
    this.buckets.set(name, bucket);
    return bucket;
  }

  private finish(name: string, { counted }: Bucket<Fact>): void {
    this.buckets.delete(name);
    this.finished.push(...counted.values());
  }
}
