import type { DeliveredRecord } from '../message-bus.port.js';

/** The dead letters of one group and topic, as its lanes see them. */
export interface LaneLetters {
  bury(record: DeliveredRecord, error: unknown): Promise<void>;
  /** A letter to be replayed now that the lane has come this far. */
  due(partition: number, position: number): string | undefined;
  record(id: string): Promise<DeliveredRecord>;
  replayed(id: string): Promise<void>;
  failedAgain(id: string, error: unknown): Promise<void>;
}
