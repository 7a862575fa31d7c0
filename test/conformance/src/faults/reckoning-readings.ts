import { expect } from '@jest/globals';
import type { ApiClient } from '@brain/local/api-client';
import { eventually } from '@brain/testing';
import { countsOf } from '../mosquitto/stored-readings.js';
import type { LoadDevice, SentReading } from './load-device.js';
import { wasOnlyInMemory, type BrokerCrash } from './mosquitto-under-test.js';

const PATIENT = { timeoutMs: 60_000, everyMs: 250 };
const SPAN_MS = 40 * 86_400_000;

interface Point {
  readonly ts: number;
  readonly value: unknown;
}

/**
 * G1: what was acknowledged is stored once, or listed as refused; and the counts of the product say the same. Missing may
 * be only what Mosquitto had acknowledged and not written when it was killed: it never handed that over.
 */
export async function expectReadings(admin: ApiClient, devices: readonly LoadDevice[], crashes: readonly BrokerCrash[] = []): Promise<string> {
  const mayBeLost = ({ acknowledgement }: SentReading) => acknowledgement !== null && wasOnlyInMemory(acknowledgement, crashes);
  const sum = { sent: 0, stored: 0, refused: 0, repeats: 0, lost: 0 };
  for (const { deviceId, sent } of devices) {
    expect(sent.filter(({ acknowledgement }) => acknowledgement === null)).toEqual([]);
    const good = sent.filter(({ fate }) => fate === 'stored').sort((one, other) => one.ts - other.ts);
    const bad = sent.filter(({ fate }) => fate === 'refused');
    const found = await eventually(async () => {
      const points = await pointsOf(admin, deviceId);
      const there = new Set(points.map(({ ts }) => ts));
      const due = good.filter((one) => !mayBeLost(one) || there.has(one.ts));
      expect(points).toEqual(due.map(({ ts, n }) => ({ ts, value: n })));
      const refused = await refusedNumbers(admin, deviceId);
      expect(refused).toEqual(bad.filter((one) => !mayBeLost(one) || refused.includes(one.n)).map(({ n }) => n));
      const counts = await countsOf(admin, deviceId);
      expect(counts.stored).toBe(points.length);
      expect(counts.received).toBe(counts.stored + counts.duplicates + counts.refused);
      expect(counts.refused).toBeGreaterThanOrEqual(refused.length);
      return { counts, refused: refused.length };
    }, PATIENT);
    sum.sent += sent.length;
    sum.stored += found.counts.stored;
    sum.refused += found.refused;
    sum.lost += sent.length - found.counts.stored - found.refused;
    sum.repeats += found.counts.duplicates + found.counts.refused - found.refused;
  }
  const { sent, stored, refused, repeats, lost } = sum;
  const gone = crashes.length === 0 ? '' : ` + ${String(lost)} lost by Mosquitto, which had not saved them`;
  return `${String(sent)} readings acknowledged = ${String(stored)} stored once + ${String(refused)} refused${gone}; ${String(repeats)} arrived again`;
}

async function pointsOf(admin: ApiClient, deviceId: string): Promise<readonly Point[]> {
  const now = Date.now();
  const range = `from=${String(now - SPAN_MS)}&to=${String(now + SPAN_MS)}`;
  return (await admin.get<{ points: readonly Point[] }>(`/api/telemetry/${deviceId}?metric=n&${range}&limit=10000`)).points;
}

/** A message that arrives again is refused again: each counts once here. */
async function refusedNumbers(admin: ApiClient, deviceId: string): Promise<readonly number[]> {
  const numbers = new Set<number>();
  for await (const { payload } of admin.list<{ payload: string }>(`/api/refused-messages?deviceId=${deviceId}`)) {
    const { values } = JSON.parse(Buffer.from(payload, 'base64').toString()) as { values: { n: number } };
    numbers.add(values.n);
  }
  return [...numbers].sort((one, other) => one - other);
}
