/** What belongs into a package. */
export interface EvidenceFound {
  /** Where its events are in the log, in that order. */
  readonly leaves: readonly number[];
  /** Belong to it and are outside the areas of who asked. */
  readonly withheld: number;
}
