import type { DeviceState } from './device-state.js';

/** What this process remembers of one partition's devices, in step with the stored offset. */
export class PartitionMemory {
  readonly devices = new Map<string, DeviceState>();
  private batches = 0;

  constructor(
    readonly partition: number,
    public nextOffset: number,
  ) {}

  countBatch(): number {
    this.batches += 1;
    return this.batches;
  }
}
