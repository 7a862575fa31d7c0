import type { AppendResult, StreamAppend } from '../event-store.port.js';

/** One call of `append`, waiting for its answer. */
export interface PendingAppend {
  readonly appends: readonly StreamAppend[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: what is asked for while the last group is being written becomes the next group, so a commit's
 * wait for the disk is shared. Nobody waits for a group to fill.
 */
export class AppendQueue {
  private waiting: PendingAppend[] = [];
  private writing = 0;
  private isScheduled = false;

  constructor(
    /** Settles every one of the group, and never rejects. */
    private readonly write: (group: readonly PendingAppend[]) => Promise<void>,
    private readonly maxWriters: number,
    private readonly maxGroup: number,
  ) {}

  append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ appends, resolve, reject });
      this.schedule();
    });
  }

  /** After this turn of the event loop, so that all who ask in one turn come together. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.pump();
    });
  }

  private pump(): void {
    while (this.writing < this.maxWriters && this.waiting.length > 0) {
      const group = this.waiting.splice(0, this.maxGroup);
      this.writing += 1;
      void this.write(group).finally(() => {
        this.writing -= 1;
        this.schedule();
      });
    }
  }
}
