/** That an event is in the log, to be checked by whoever asked. */
export interface EventProof {
  readonly eventId: string;
  readonly leafIndex: number;
  readonly treeSize: number;
  /** C2SP tlog-proof, the newest checkpoint in it. */
  readonly proof: string;
  /** The leaf: canonical JSON of the stored event. */
  readonly entry: string;
}
