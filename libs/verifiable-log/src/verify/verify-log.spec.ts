import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateSigningKey, parseSigningKey } from '../notes/signing-key.js';
import { parseVerifierKey } from '../notes/verifier-key.js';
import { formatEntryBundle } from '../tiles/entry-bundle.js';
import { entryOf } from '../entry/event-entry.js';
import { entriesTo, eventAt, ExampleLog, KEY, logOf, ORIGIN } from './example-log.fixture.js';
import { verifyLog } from './verify-log.js';

const SIZE = 70_000;
const entries = entriesTo(1_000);
const policy = { origin: ORIGIN, verifiers: [parseVerifierKey(KEY.vkey)] };
const whole = logOf(entries);

function copyOf(log: ExampleLog): ExampleLog {
  const copy = new ExampleLog();
  for (const [path, bytes] of log.files) copy.files.set(path, Buffer.from(bytes));
  copy.edge = log.edge;
  copy.entries.push(...log.entries);
  return copy;
}

describe('checking a whole log', () => {
  it('passes a good one and tells how far it is', async () => {
    const progress: number[] = [];
    const seen: number[] = [];
    const checked = await verifyLog(whole, { ...policy, onProgress: (at) => progress.push(at), onEntry: (_, index) => void seen.push(index) });
    expect(checked.size).toBe(1_000);
    expect(progress).toEqual([256, 512, 768, 1_000]);
    expect(seen).toEqual(entries.map((_, at) => at));
  });

  it('passes an empty one', async () => {
    expect((await verifyLog(logOf([]), policy)).size).toBe(0);
  });

  it('passes one that grew past the third row of tiles, at the checkpoint of then', async () => {
    const log = new ExampleLog();
    const early = log.append(Array.from({ length: 300 }, (_, at) => Buffer.from(`small ${at}`)));
    log.append(Array.from({ length: SIZE - 300 }, (_, at) => Buffer.from(`small ${at + 300}`)));
    expect((await verifyLog(log, policy)).size).toBe(SIZE);
    expect((await verifyLog(log, { ...policy, checkpoint: early })).size).toBe(300);
  });

  it('finds any bit changed in an entry or its length, and names it', async () => {
    const bundles = [...whole.files.keys()].filter((path) => path.startsWith('tile/entries/'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bundles), fc.nat(), async (path, bit) => {
        const lying = copyOf(whole);
        const bytes = Buffer.from(lying.files.get(path) ?? []);
        const at = bit % (bytes.length * 8);
        bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
        lying.files.set(path, bytes);
        const first = bundles.indexOf(path) * 256;
        let spent = 0;
        let entry = first;
        for (; spent + 2 + (entries[entry]?.length ?? 0) <= at >> 3; entry += 1) spent += 2 + (entries[entry]?.length ?? 0);
        const inLength = (at >> 3) - spent < 2;
        const fault = await verifyLog(lying, policy).catch((error: unknown) => error);
        expect(fault).toHaveProperty('code', expect.stringMatching(/^ENTRY_MISMATCH$|^BUNDLE_MALFORMED$/));
        expect(inLength || (fault as { index: number }).index === entry).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('finds any bit changed in any tile', async () => {
    const tiles = [...whole.files.keys()].filter((path) => /^tile\/\d/.test(path));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tiles), fc.nat(), async (path, bit) => {
        const lying = copyOf(whole);
        const bytes = Buffer.from(lying.files.get(path) ?? []);
        const at = bit % (bytes.length * 8);
        bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
        lying.files.set(path, bytes);
        const hash = Math.floor(at / 256);
        const expected = path.startsWith('tile/0/') ? { code: 'ENTRY_MISMATCH', index: Number(path.slice(7, 10)) * 256 + hash } : { code: 'TILE_MISMATCH', index: hash * 256 };
        await expect(verifyLog(lying, policy)).rejects.toMatchObject(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('finds any bit changed in the checkpoint', async () => {
    const note = Buffer.from(whole.files.get('checkpoint') ?? []);
    for (let bit = 0; bit < note.length * 8; bit += 1) {
      const changed = Buffer.from(note);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const lying = copyOf(whole);
      lying.files.set('checkpoint', changed);
      await expect(verifyLog(lying, policy)).rejects.toHaveProperty('code');
    }
  });

  it.each([
    ['a changed event', 700, (all: Buffer[]) => all.splice(700, 1, entryOf(eventAt(700, { caseId: 'another' })))],
    ['a removed event', 700, (all: Buffer[]) => all.splice(700, 1)],
    ['two swapped events', 700, (all: Buffer[]) => all.splice(700, 2, ...all.slice(700, 702).reverse())],
    ['an event put in', 700, (all: Buffer[]) => all.splice(700, 0, entryOf(eventAt(4711)))],
  ])('names %s in the bundles by its index', async (_, index, forge) => {
    const forged = [...entries];
    forge(forged);
    const lying = copyOf(whole);
    for (const at of [2, 3]) {
      const path = at === 2 ? 'tile/entries/002' : 'tile/entries/003.p/232';
      lying.files.set(path, formatEntryBundle(forged.slice(at * 256, Math.min(at * 256 + 256, 1_000))));
    }
    await expect(verifyLog(lying, policy)).rejects.toMatchObject({ code: 'ENTRY_MISMATCH', index });
  });

  it('finds a history rewritten with all its tiles', async () => {
    const forged = [...entries];
    forged[3] = entryOf(eventAt(3, { caseId: 'another' }));
    const lying = logOf(forged);
    lying.files.set('checkpoint', whole.files.get('checkpoint') ?? Buffer.alloc(0));
    await expect(verifyLog(lying, policy)).rejects.toMatchObject({ code: 'ROOT_MISMATCH' });
  });

  it('finds a missing tile and says which', async () => {
    const lying = copyOf(whole);
    lying.files.delete('tile/entries/001');
    await expect(verifyLog(lying, policy)).rejects.toMatchObject({ code: 'TILE_MISSING', index: 256 });
  });

  it('refuses another origin, another key and no checkpoint at all', async () => {
    const stranger = parseSigningKey(generateSigningKey(ORIGIN).skey);
    await expect(verifyLog(logOf(entries, undefined, 'other.example/log'), policy)).rejects.toMatchObject({ code: 'ORIGIN_MISMATCH' });
    await expect(verifyLog(logOf(entries, [stranger]), policy)).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    await expect(verifyLog(new ExampleLog(), policy)).rejects.toMatchObject({ code: 'CHECKPOINT_MISSING' });
  });
});
