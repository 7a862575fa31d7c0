import type { ApiClient } from '@brain/local/api-client';

interface Count {
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly refused: number;
}

/** Times of all readings of a device between two. */
export async function storedTimes(admin: ApiClient, deviceId: string, from: number, to: number): Promise<readonly number[]> {
  const { points } = await admin.get<{ points: readonly { ts: number }[] }>(
    `/api/telemetry/${deviceId}?metric=n&from=${String(from)}&to=${String(to)}&limit=10000`,
  );
  return points.map(({ ts }) => ts);
}

/** What came of the messages of a device, all minutes together. */
export async function countsOf(admin: ApiClient, deviceId: string): Promise<Count> {
  const sum = { received: 0, stored: 0, duplicates: 0, refused: 0 };
  for await (const row of admin.list<Count>(`/api/ingestion/counts?deviceId=${deviceId}`)) {
    for (const key of ['received', 'stored', 'duplicates', 'refused'] as const) sum[key] += row[key];
  }
  return sum;
}
