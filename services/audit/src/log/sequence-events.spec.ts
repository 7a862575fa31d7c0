import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeDurably } from '@brain/service-kit';
import { tempDir, type TempDir } from '@brain/testing';
import {
  consistencyProof,
  EMPTY_TREE,
  entryOf,
  FileTiles,
  generateSigningKey,
  growTree,
  leafHashes,
  openCheckpoint,
  parseVerifierKey,
  rootOf,
  verifyConsistency,
  verifyLog,
} from '@brain/verifiable-log';
import { START_POSITION } from '@brain/event-store';
import { CrashingLog, type Crash } from './crashing-log.fixture.js';
import { FullDisk } from './full-disk.fixture.js';
import { LogFolder } from './log-folder.js';
import type { LogSettings } from './log-settings.js';

const origin = 'example.org/log';
const { skey, vkey } = generateSigningKey(origin, 'ed25519', Buffer.alloc(32, 7));
const policy = { origin, verifiers: [parseVerifierKey(vkey)] };

describe('sequencing events into the log', () => {
  let temp: TempDir;
  let lives = 0;
  beforeAll(async () => {
    temp = await tempDir();
  });
  afterAll(() => temp.remove());

  const freshLog = async () => {
    lives += 1;
    const folder = path.join(temp.path, String(lives));
    const settings: LogSettings = { origin, folder, keyFile: path.join(temp.path, `${String(lives)}.key`), checkpointMs: 0, keysLookMs: 0, checkPauseMs: 0, witnesses: [], witnessMs: 0 };
    await writeDurably([{ file: settings.keyFile, bytes: Buffer.from(skey) }]);
    return { log: new CrashingLog(settings), settings };
  };
  const append = async (log: CrashingLog, count: number) => {
    const events = Array.from({ length: count }, (_, n) => ({
      eventId: randomUUID(),
      type: 'test.happened.v1',
      data: { n },
      metadata: { source: 'test', time: '2026-11-22T00:00:00.000Z', correlationId: 'c', causationId: 'c', actor: { type: 'system' as const, id: 't' } },
    }));
    if (count > 0) await log.store.append([{ streamId: `test-${randomUUID()}`, expectedRevision: 'none', events }]);
  };
  const filesIn = async (folder: string) => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  const inOneGo = async (log: CrashingLog) => {
    const entries: Uint8Array[] = [];
    for await (const event of log.store.readAll({ after: START_POSITION })) entries.push(entryOf(event));
    return { size: entries.length, root: Buffer.from(rootOf(growTree(EMPTY_TREE, leafHashes(entries)).edge)) };
  };

  const crash: fc.Arbitrary<Crash> = fc.record({ step: fc.nat(9), reach: fc.constantFrom('before', 'half', 'after') });
  const life = fc.record({ appended: fc.oneof(fc.nat(5), fc.nat(600)), crash });

  it('gives the tree built in one go, and no two checkpoints that disagree, whatever is killed when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 6 }), async (steps) => {
        const { log, settings } = await freshLog();
        let total = 0;
        for (const step of steps) {
          await append(log, step.appended);
          total += step.appended;
          await log.live(total, step.crash);
        }
        await log.live(total);

        const tiles = new LogFolder(settings.folder);
        expect(log.head).toMatchObject({ size: total });
        expect({ size: log.head.size, root: Buffer.from(log.head.root) }).toEqual(await inOneGo(log));
        if (total > 0) await expect(verifyLog(tiles, policy)).resolves.toMatchObject({ size: total });
        const seen = log.signed.map((note) => openCheckpoint(note, policy));
        for (const [at, newer] of seen.entries()) {
          const older = seen[at - 1];
          if (older !== undefined) verifyConsistency(older, newer, await consistencyProof(tiles, older.size, newer.size));
        }
        await rm(settings.folder, { recursive: true, force: true });
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('makes lost files again from the store', async () => {
    const { log, settings } = await freshLog();
    await append(log, 1_000);
    await log.live(1_000);
    await rm(path.join(settings.folder, 'tile'), { recursive: true });
    await append(log, 3);
    await log.live(1_003);
    await expect(verifyLog(new FileTiles(settings.folder), policy)).resolves.toMatchObject({ size: 1_003 });
  });

  it('signs nothing when the database knows of less than was signed, as after an old backup', async () => {
    const { log } = await freshLog();
    await append(log, 10);
    await log.live(10);
    const before = log.head;
    await append(log, 10);
    await log.live(20);
    const signed = log.signed.length;
    log.head = before;
    await expect(log.live(20)).rejects.toMatchObject({ code: 'LOG_ROLLED_BACK' });
    expect(log.signed).toHaveLength(signed);
  });

  it('makes nothing again from a store that no longer gives the decided root', async () => {
    const { log, settings } = await freshLog();
    await append(log, 10);
    await log.live(10);
    await rm(path.join(settings.folder, 'tile'), { recursive: true });
    log.head = { ...log.head, root: Buffer.alloc(32, 1) };
    await expect(log.live(10)).rejects.toMatchObject({ code: 'LOG_DISAGREES_WITH_STORE' });
  });

  it('on a disk that fills up while a tile is written leaves no half of one, signs nothing, and goes on when there is room', async () => {
    const { log, settings } = await freshLog();
    await append(log, 300);
    await log.live(300);
    const signed = log.signed.length;
    await append(log, 300);
    const before = await filesIn(settings.folder);
    for (let room = 0; room < 110_000; room += 9_999) {
      await expect(log.live(600, undefined, new FullDisk(room))).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(await filesIn(settings.folder)).toEqual(before);
      await expect(verifyLog(new LogFolder(settings.folder), policy)).resolves.toMatchObject({ size: 300 });
    }
    expect([log.head.size, log.signed.length]).toEqual([300, signed]);
    await log.live(600);
    await expect(verifyLog(new FileTiles(settings.folder), policy)).resolves.toMatchObject({ size: 600 });
  });

  it('goes on when an event is too large for a tile', async () => {
    const { log, settings } = await freshLog();
    const big = { eventId: randomUUID(), type: 'test.happened.v1', data: { text: '大'.repeat(300_000) } };
    const metadata = { source: 'test', time: '2026-11-22T00:00:00.000Z', correlationId: 'c', causationId: 'c', actor: { type: 'system' as const, id: 't' } };
    await log.store.append([{ streamId: 'test-big', expectedRevision: 'none', events: [{ ...big, metadata }] }]);
    await log.live(1);
    await expect(verifyLog(new FileTiles(settings.folder), policy)).resolves.toMatchObject({ size: 1 });
  });
});
