import type { IngestCount } from '../api/ingestion.js';

/** Minutes of one device added up; `minute` is the last one seen. Most refused first: that is what one looks for. */
export function perDevice(counts: readonly IngestCount[]): IngestCount[] {
  const sums = new Map<string | null, IngestCount>();
  for (const count of counts) {
    const sum = sums.get(count.deviceId);
    sums.set(count.deviceId, sum === undefined ? count : add(sum, count));
  }
  return [...sums.values()].sort((a, b) => b.refused - a.refused || b.received - a.received);
}

function add(a: IngestCount, b: IngestCount): IngestCount {
  return {
    deviceId: a.deviceId,
    minute: Math.max(a.minute, b.minute),
    received: a.received + b.received,
    stored: a.stored + b.stored,
    duplicates: a.duplicates + b.duplicates,
    refused: a.refused + b.refused,
  };
}
