import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

interface Seen {
  readonly at: number;
  readonly size: number;
}

/** Looks at the newest checkpoint again and again, and remembers when it was first seen to be so large. */
export class CheckpointWatch {
  private readonly seen: Seen[] = [];
  private isOver = false;
  private readonly watching: Promise<void>;

  constructor(
    private readonly dataDir: string,
    everyMs: number,
  ) {
    this.watching = this.watch(everyMs);
  }

  get size(): number {
    return this.seen.at(-1)?.size ?? 0;
  }

  /** Leaves each second, from the first checkpoint seen to the first of this size. */
  rateUntil(size: number): number {
    const [first] = this.seen;
    const last = this.seen.find((one) => one.size >= size);
    if (first === undefined || last === undefined || last === first) return Number.NaN;
    return (last.size - first.size) / ((last.at - first.at) / 1_000);
  }

  /** When a checkpoint was first seen that has the leaf. */
  provableAt(leafIndex: number): number {
    return this.seen.find(({ size }) => size > leafIndex)?.at ?? Number.NaN;
  }

  async until(size: number, onLook: (size: number) => void = () => undefined): Promise<void> {
    for (let looks = 0; this.size < size; looks += 1) {
      if (looks % 100 === 0) onLook(this.size);
      await pause(50);
    }
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.watching;
  }

  private async watch(everyMs: number): Promise<void> {
    while (!this.isOver) {
      const note = await readFile(path.join(this.dataDir, 'log/checkpoint'), 'utf8').catch(() => '');
      const size = Number(note.split('\n')[1] ?? 0);
      if (size > this.size) this.seen.push({ at: performance.now(), size });
      await pause(everyMs);
    }
  }
}
