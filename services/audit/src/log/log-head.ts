/** How far the log is decided. Plain data. */
export interface LogHead {
  readonly size: number;
  /** SHA-256, 32 bytes. */
  readonly root: Uint8Array;
  /** Store position of the newest event in the log; START_POSITION when there is none. */
  readonly position: string;
}
