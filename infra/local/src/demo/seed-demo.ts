import { setTimeout as pause } from 'node:timers/promises';
import type { StaffView } from '@brain/contracts';
import { demoDistrict, type DemoDistrict } from './demo-district.js';
import type { DemoDevice } from './demo-devices.js';
import { demoFeatures } from './demo-features.js';

/** A signed-in administrator at the gateway; throws what it was refused with, as `{ problem: { code } }`. */
export interface DemoClient {
  post<T>(path: string, body: unknown, options?: { headers?: Readonly<Record<string, string>>; contentType?: string }): Promise<T>;
}

export interface SeededDevice extends DemoDevice {
  readonly deviceId: string;
  /** Good until the next seeding. */
  readonly accessToken: string;
}

export interface SeededDistrict {
  readonly staff: readonly StaffView[];
  readonly devices: readonly SeededDevice[];
  readonly ruleCount: number;
}

const AT_ONCE = 8;
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;

/**
 * Writes the demo district through the public API. Every write has a fixed Idempotency-Key and an import repeats
 * harmlessly, so that it can be run again after a crash half way; devices then get new tokens.
 */
export async function seedDemo(client: DemoClient, district: DemoDistrict = demoDistrict()): Promise<SeededDistrict> {
  await importAreas(client, district);
  const staff = await eachOf(district.staff, ({ key, ...person }) => keyed<StaffView>(client, '/api/staff', person, key));
  const devices = await eachOf(district.devices, (device) => registerDevice(client, device));
  await eachOf(district.rules, ({ key, definition }) => keyed(client, '/api/rules', definition, `demo-rule-${key}`));
  return { staff, devices, ruleCount: district.rules.length };
}

async function importAreas(client: DemoClient, { areas }: DemoDistrict): Promise<void> {
  const answer = await client.post<{ refused: readonly { code: string; message: string }[] }>(
    '/api/areas/import?atomic=true',
    JSON.stringify(demoFeatures(areas)),
    { contentType: 'application/geo+json' },
  );
  const [first] = answer.refused;
  if (first !== undefined) throw new Error(`The demo areas were refused: ${first.code} ${first.message}`);
}

async function registerDevice(client: DemoClient, device: DemoDevice): Promise<SeededDevice> {
  const { key, ...profile } = device;
  const { deviceId, accessToken } = await keyed<{ deviceId: string; accessToken?: string | null }>(client, '/api/devices', profile, key);
  if (accessToken) return { ...device, deviceId, accessToken };
  // Registered before: a token is shown once, so it takes a new one.
  const rotated = await client.post<{ accessToken: string }>(`/api/devices/${deviceId}/token`, {});
  return { ...device, deviceId, accessToken: rotated.accessToken };
}

/** A whole district takes other services longer to learn than they wait for news of an area: tried again. */
async function keyed<T>(client: DemoClient, path: string, body: object, key: string): Promise<T> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    try {
      return await client.post<T>(path, body, { headers: { 'idempotency-key': key } });
    } catch (error) {
      if (codeOf(error) !== 'AREA_UNKNOWN' || waited >= PATIENCE_MS) throw error;
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** In order of the items, a few at a time. */
async function eachOf<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))));
  }
  return results;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'problem' in error ? (error.problem as { code?: unknown }).code : undefined;
}
