import { expect } from '@jest/globals';
import type { ApiClient } from '@brain/local/api-client';
import { eventually } from '@brain/testing';
import { countsOf } from '../mosquitto/stored-readings.js';
import type { LoadDevice } from './load-device.js';

const PATIENT = { timeoutMs: 60_000, everyMs: 250 };
const SPAN_MS = 40 * 86_400_000;

interface Point {
  readonly ts: number;
  readonly value: unknown;
}

/** G1: what was acknowledged is stored once, or listed as refused; and the counts of the product say the same. */
export async function expectReadings(admin: ApiClient, devices: readonly LoadDevice[]): Promise<string> {
  const sum = { sent: 0, stored: 0, refused: 0, repeats: 0 };
  for (const { deviceId, sent } of devices) {
    expect(sent.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
    const good = sent.filter(({ fate }) => fate === 'stored');
    const bad = sent.filter(({ fate }) => fate === 'refused');
    const points = good.map(({ ts, n }) => ({ ts, value: n })).sort((one, other) => one.ts - other.ts);
    await eventually(async () => expect(await pointsOf(admin, deviceId)).toEqual(points), PATIENT);
    await eventually(async () => expect(await refusedNumbers(admin, deviceId)).toEqual(bad.map(({ n }) => n)), PATIENT);
    const counts = await eventually(async () => {
      const found = await countsOf(admin, deviceId);
      expect(found.stored).toBe(good.length);
      expect(found.received).toBe(found.stored + found.duplicates + found.refused);
      expect(found.refused).toBeGreaterThanOrEqual(bad.length);
      return found;
    }, PATIENT);
    sum.sent += sent.length;
    sum.stored += good.length;
    sum.refused += bad.length;
    sum.repeats += counts.duplicates + counts.refused - bad.length;
  }
  const { sent, stored, refused, repeats } = sum;
  return `${String(sent)} readings acknowledged = ${String(stored)} stored once + ${String(refused)} refused; ${String(repeats)} arrived again`;
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
