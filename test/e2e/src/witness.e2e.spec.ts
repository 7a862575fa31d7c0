import { mkdir, mkdtemp, chmod, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, freePort } from '@brain/testing';
import {
  EMPTY_TREE,
  generateSigningKey,
  growTree,
  leafHashes,
  MemoryTiles,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseSigningKey,
  parseVerifierKey,
  requestCosignature,
  rootOf,
  signCheckpoint,
} from '@brain/verifiable-log';
import { importAreas, registerDevice } from './district.js';
import { startProduct, type RunningProduct } from './running-product.js';
import { startWitness, type RunningWitness } from './running-witness.js';
import { undoAfterAll } from './undo-after-all.js';

const ORIGIN = 'community-brain/log';

describe('an independent witness beside the running product', () => {
  /** The key of the log, known before its first start: the witness is told whom to watch, and the test can play a keeper who lies. */
  const logKey = generateSigningKey(ORIGIN);
  const undo = undoAfterAll();
  let folder: string;
  let product: RunningProduct;
  let witness: RunningWitness;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'brain-witnessed-'));
    undo(() => rm(folder, { recursive: true, force: true }));
    await chmod(folder, 0o755); // PostgreSQL runs as another user when we are root
    const dataDir = path.join(folder, 'data');
    await mkdir(path.join(dataDir, 'keys'), { recursive: true });
    await writeFile(path.join(dataDir, 'keys/log.key'), `${logKey.skey}\n`, { mode: 0o600 });
    witness = await startWitness({ state: path.join(folder, 'witness'), logVkey: logKey.vkey, port: await freePort() });
    undo(() => witness.stop());
    product = await startProduct({ dataDir, env: { AUDIT_LOG_WITNESSES: `${witness.vkey} ${witness.url}` } });
    undo(() => product.stop());
    await importAreas(product.as('administrator'));
  });

  const policy = () => ({ origin: ORIGIN, verifiers: [parseVerifierKey(logKey.vkey)], witnesses: { verifiers: [parseVerifierKey(witness.vkey)], atLeast: 1 } });
  const checkpoint = async () => (await fetch(`${product.url}/api/audit/log/checkpoint`)).text();
  const sizeNow = async () => parseCheckpoint(parseNote(await checkpoint()).text).size;
  /** The served checkpoint of at least this size, once the witness has cosigned it. */
  const cosigned = (atLeast: number) =>
    eventually(
      async () => {
        const opened = openCheckpoint(await checkpoint(), policy());
        expect(opened.size).toBeGreaterThanOrEqual(atLeast);
        return opened;
      },
      { timeoutMs: 60_000 },
    );

  it('cosigns what the product publishes, and goes on from there after kill -9', async () => {
    const before = await cosigned(1);
    await witness.kill();
    await registerDevice(product.as('administrator'), '1栋电梯机房');
    await eventually(async () => expect(await sizeNow()).toBeGreaterThan(before.size));
    const { vkey } = witness;
    witness = await startWitness({ state: path.join(folder, 'witness'), logVkey: logKey.vkey, port: Number(new URL(witness.url).port) });
    expect(witness.vkey).toBe(vkey);
    await cosigned(before.size + 1);
  });

  it('refuses a history that forks from the one it saw, though it is signed with the key of the log', async () => {
    const { size } = await cosigned(1);
    const forged = growTree(EMPTY_TREE, leafHashes(Array.from({ length: size + 1_000 }, (_, at) => Buffer.from(`forged ${String(at)}`))));
    const tiles = new MemoryTiles();
    for (const { address, bytes } of forged.tiles) tiles.put(address, bytes);
    const note = signCheckpoint({ origin: ORIGIN, size: forged.edge.size, root: rootOf(forged.edge) }, [parseSigningKey(logKey.skey)]);
    await expect(requestCosignature(tiles, note, { url: witness.url, verifier: parseVerifierKey(witness.vkey) })).rejects.toMatchObject({ name: 'WitnessRefusal', status: 422, disputes: true });
    await eventually(() => expect(witness.said()).toContain('refused 422'));
    await registerDevice(product.as('administrator'), '2栋电梯机房');
    await cosigned(size + 1);
  });
});
