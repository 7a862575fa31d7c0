/** The newest ids, at most `capacity`: a set that cannot grow for ever. */
export class RecentIds {
  private readonly ids = new Set<string>();

  constructor(private readonly capacity: number) {}

  add(id: string): void {
    this.ids.add(id);
    const oldest = this.ids.values().next();
    if (this.ids.size > this.capacity && oldest.done !== true) this.ids.delete(oldest.value);
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }
}
