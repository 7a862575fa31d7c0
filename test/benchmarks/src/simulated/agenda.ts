/** What goes on by itself: yields how many milliseconds until it goes on. */
export type Course = Iterator<number, void, void>;

interface Entry {
  readonly at: number;
  readonly course: Course;
}

/** Courses by when they go on, the next one first: a binary heap. */
export class Agenda {
  private readonly entries: Entry[] = [];

  add(at: number, course: Course): void {
    this.entries.push({ at, course });
    for (let child = this.entries.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (this.at(parent) <= this.at(child)) return;
      this.swap(parent, child);
      child = parent;
    }
  }

  take(): Entry | undefined {
    const [first] = this.entries;
    const last = this.entries.pop();
    if (first === undefined || last === undefined || this.entries.length === 0) return first;
    this.entries[0] = last;
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      const child = this.at(left + 1) < this.at(left) ? left + 1 : left;
      if (this.at(child) >= this.at(parent)) return first;
      this.swap(parent, child);
      parent = child;
    }
  }

  private at(index: number): number {
    return this.entries[index]?.at ?? Infinity;
  }

  private swap(one: number, other: number): void {
    const [a, b] = [this.entries[one], this.entries[other]];
    if (a === undefined || b === undefined) return;
    this.entries[one] = b;
    this.entries[other] = a;
  }
}
