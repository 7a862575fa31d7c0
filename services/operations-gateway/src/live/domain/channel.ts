import type { Change } from '@brain/contracts';
import type { Subscription } from './subscription.js';

type Unnumbered<C> = C extends Change ? Omit<C, 'seq'> : never;
/** A change before a channel has given it its number. */
export type NewChange = Unnumbered<Change>;

/** How many numbers a channel may use: no two channels, of this process or of an earlier one, share any. */
export const BLOCK_SIZE = 2 ** 31;

/**
 * One numbered stream of changes, shared by all who follow the same thing. It keeps the newest changes, so a client
 * that was away gets what it missed; `seq` is the number of the last change and grows by one.
 */
export class Channel {
  private readonly kept: Change[] = [];
  private last: number;

  constructor(
    readonly subscription: Subscription,
    /** Which block of numbers; never used before. */
    block: number,
    private readonly capacity: number,
  ) {
    this.last = block * BLOCK_SIZE;
    this.end = this.last + BLOCK_SIZE - 1;
  }

  private readonly end: number;

  get seq(): number {
    return this.last;
  }

  /** Its numbers are used up: it must be left for a new one. */
  get isExhausted(): boolean {
    return this.last >= this.end;
  }

  append(change: NewChange): Change {
    this.last += 1;
    const numbered: Change = { ...change, seq: this.last };
    this.kept.push(numbered);
    // Trimmed in halves: shifting an array at every change would move all of it.
    if (this.kept.length >= this.capacity * 2) this.kept.splice(0, this.kept.length - this.capacity);
    return numbered;
  }

  /** The changes after `lastSeq` without a gap, or undefined when that number is not of this channel or too long ago. */
  since(lastSeq: number): readonly Change[] | undefined {
    const missed = this.last - lastSeq;
    if (!Number.isInteger(lastSeq) || missed < 0 || missed > this.kept.length) return undefined;
    return this.kept.slice(this.kept.length - missed);
  }

  /** Everybody must look afresh: something left what they follow. Nobody can resume across this. */
  forget(): void {
    this.last += 1;
    this.kept.length = 0;
  }
}
