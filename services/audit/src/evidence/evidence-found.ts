/** Where an event of the package is in the record. */
export interface FoundEvent {
  readonly eventId: string;
  readonly leafIndex: number;
}

/** What belongs into a package: in the order of the log. */
export interface EvidenceFound {
  readonly events: readonly FoundEvent[];
  /** Belong to it and are outside the areas of who asked. */
  readonly withheld: number;
}
