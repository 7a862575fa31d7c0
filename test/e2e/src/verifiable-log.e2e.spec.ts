import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '@brain/local/api-client';
import { eventually } from '@brain/testing';
import { FileTiles, HttpTiles, openCheckpoint, parseVerifierKey, verifyAgainst, verifyLog, verifyTlogProof, type CheckpointPolicy } from '@brain/verifiable-log';
import { registerDevice } from './district.js';
import { killableDistrict, type KillableDistrict } from './shared-product.js';

interface Proof {
  readonly leafIndex: number;
  readonly proof: string;
  readonly entry: string;
}

describe('the verifiable log of the running product', () => {
  let product: KillableDistrict;
  let admin: ApiClient;
  let auditor: ApiClient;
  let policy: CheckpointPolicy;

  beforeAll(async () => {
    product = await killableDistrict();
    [admin, auditor] = [product.as('administrator'), product.as('auditor')];
    const vkey = await (await fetch(`${product.url}/api/audit/log/vkey`)).text();
    policy = { origin: 'community-brain/log', verifiers: [parseVerifierKey(vkey.trim())] };
  });

  const checkpoint = async () => (await fetch(`${product.url}/api/audit/log/checkpoint`)).text();
  const sizeNow = async () => openCheckpoint(await checkpoint(), policy).size;
  const eventsOfDevices = async () =>
    (await auditor.get<{ items: { eventId: string }[] }>('/api/audit/events?type=sensor-ingestion.device-registered.v1&limit=500')).items;

  it('proves every event, and what it said before stays true through kill -9 in the middle of the work', async () => {
    await eventually(async () => expect(await sizeNow()).toBeGreaterThan(0));
    const kept: string[] = [await checkpoint()];
    for (const round of [1, 2, 3]) {
      const devices = Array.from({ length: 10 }, (_, n) => registerDevice(admin, `device ${String(round)}-${String(n)}`, 'temperature', product.grid));
      await product.kill('audit');
      await Promise.all(devices);
      const before = openCheckpoint(kept.at(-1) ?? '', policy).size;
      await eventually(async () => expect(await sizeNow()).toBeGreaterThanOrEqual(before + 10), { timeoutMs: 60_000 });
      kept.push(await checkpoint());
    }

    const server = new HttpTiles(`${product.url}/api/audit/log`);
    for (const note of kept) await verifyAgainst(note, server, policy);
    await eventually(async () => expect(await eventsOfDevices()).toHaveLength(30));
    for (const { eventId } of await eventsOfDevices()) {
      const { leafIndex, proof, entry } = await auditor.get<Proof>(`/api/audit/proof/${eventId}`);
      expect(verifyTlogProof(proof, Buffer.from(entry), policy).index).toBe(leafIndex);
      expect(JSON.parse(entry)).toMatchObject({ eventId });
    }
  });

  it('is whole in the folder, for whoever takes that away', async () => {
    // It may grow in between.
    await eventually(async () => {
      const size = await sizeNow();
      await expect(verifyLog(new FileTiles(path.join(product.dataDir, 'log')), policy)).resolves.toMatchObject({ size });
    });
  });
});
