/** What a fold takes from an event beside its data. */
export interface Stamp {
  readonly revision: number;
  /** When it happened; for events whose data has no time of its own. */
  readonly time: string;
}
