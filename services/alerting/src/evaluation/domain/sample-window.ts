export interface Sample {
  readonly ts: number;
  readonly value: number;
}

/** Recent samples of one metric of one device, in event time, bounded in time and in number. */
export class SampleWindow {
  private readonly samples: Sample[] = [];

  constructor(
    private readonly maxSamples: number,
    initial: readonly Sample[] = [],
  ) {
    for (const sample of initial) this.add(sample);
  }

  /** False when a sample of that instant is already there: a repeat. A late one takes its place in time. */
  add(sample: Sample): boolean {
    let at = this.samples.length;
    while (at > 0 && this.at(at - 1).ts > sample.ts) at -= 1;
    if (at > 0 && this.at(at - 1).ts === sample.ts) return false;
    this.samples.splice(at, 0, sample);
    if (this.samples.length > this.maxSamples) this.samples.shift();
    return true;
  }

  /** Forgets what is older than `keepMs` before the newest. */
  trim(keepMs: number): void {
    const newest = this.samples.at(-1)?.ts;
    if (newest === undefined) return;
    let drop = 0;
    while (drop < this.samples.length && this.at(drop).ts <= newest - keepMs) drop += 1;
    this.samples.splice(0, drop);
  }

  /** The samples in (until - lengthMs, until], oldest first. */
  within(until: number, lengthMs: number): readonly Sample[] {
    let from = this.samples.length;
    while (from > 0 && this.at(from - 1).ts > until - lengthMs) from -= 1;
    let end = this.samples.length;
    while (end > from && this.at(end - 1).ts > until) end -= 1;
    return this.samples.slice(from, end);
  }

  get oldestTs(): number | undefined {
    return this.samples[0]?.ts;
  }

  private at(index: number): Sample {
    const sample = this.samples[index];
    if (sample === undefined) throw new RangeError(`No sample ${index}`);
    return sample;
  }
}
