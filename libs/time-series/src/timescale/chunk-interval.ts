import { DAY_MS, HOUR_MS } from '../bucket.js';

/** Bytes of a reading in the newest chunk, with its index and before compression; see the README for how it was measured. */
const BYTES_PER_READING = 170;
const GIB = 2 ** 30;
/** Divisors and multiples of a day: retention cuts at midnight, and never through a chunk. */
const INTERVALS_MS = [7 * DAY_MS, DAY_MS, 6 * HOUR_MS, HOUR_MS] as const;

/**
 * The widest chunk whose readings take at most a quarter of the server's memory: the chunk that is written to, and its
 * index, stay in memory. Wide chunks are few, and few chunks are quick to plan and compress well.
 */
export function chunkIntervalMs(readingsPerDay: number, memoryBytes = 8 * GIB): number {
  const readingsPerChunk = memoryBytes / 4 / BYTES_PER_READING;
  return INTERVALS_MS.find((interval) => (readingsPerDay * interval) / DAY_MS <= readingsPerChunk) ?? HOUR_MS;
}
