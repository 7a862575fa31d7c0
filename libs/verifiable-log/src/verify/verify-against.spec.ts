import { describe, expect, it } from '@jest/globals';
import { entryOf } from '../entry/event-entry.js';
import { followKeyRotations, signKeyRotation } from '../notes/key-rotation.js';
import { generateSigningKey, parseSigningKey } from '../notes/signing-key.js';
import { parseVerifierKey } from '../notes/verifier-key.js';
import { entriesTo, eventAt, ExampleLog, KEY, logOf, ORIGIN, SIGNER } from './example-log.fixture.js';
import { verifyAgainst } from './verify-against.js';

const entries = entriesTo(900);
const policy = { origin: ORIGIN, verifiers: [parseVerifierKey(KEY.vkey)] };
const keptAt = (size: number): string => logOf(entries.slice(0, size)).append([]);

describe('a live log against a kept checkpoint', () => {
  it('passes when it grew, and gives the checkpoint to keep next', async () => {
    const log = logOf(entries);
    expect((await verifyAgainst(keptAt(300), log, policy)).size).toBe(900);
    expect((await verifyAgainst(keptAt(900), log, policy)).size).toBe(900);
    expect((await verifyAgainst(keptAt(0), log, policy)).size).toBe(900);
  });

  it('finds a tree that shrank, and an old checkpoint shown again', async () => {
    await expect(verifyAgainst(keptAt(900), logOf(entries.slice(0, 899)), policy)).rejects.toMatchObject({ code: 'TREE_SHRUNK' });
    const replayed = logOf(entries);
    replayed.putCheckpoint(keptAt(300));
    await expect(verifyAgainst(keptAt(600), replayed, policy)).rejects.toMatchObject({ code: 'TREE_SHRUNK' });
  });

  it.each([
    ['changed', (all: Buffer[]) => all.splice(100, 1, entryOf(eventAt(100, { caseId: 'x' })))],
    ['removed', (all: Buffer[]) => all.splice(100, 1)],
    ['reordered', (all: Buffer[]) => all.splice(100, 2, ...all.slice(100, 102).reverse())],
  ])('finds a history in which an event was %s, though all of it is signed anew', async (_, forge) => {
    const forged = [...entries];
    forge(forged);
    await expect(verifyAgainst(keptAt(300), logOf(forged), policy)).rejects.toMatchObject({ code: 'HISTORY_FORKED' });
  });

  it('finds two trees of one size', async () => {
    const forged = [...entries.slice(0, 899), entryOf(eventAt(899, { caseId: 'x' }))];
    await expect(verifyAgainst(keptAt(900), logOf(forged), policy)).rejects.toMatchObject({ code: 'HISTORY_FORKED' });
  });

  it('finds another origin and another key', async () => {
    const stranger = parseSigningKey(generateSigningKey(ORIGIN).skey);
    await expect(verifyAgainst(keptAt(300), logOf(entries, undefined, 'other.example/log'), policy)).rejects.toMatchObject({ code: 'ORIGIN_MISMATCH' });
    await expect(verifyAgainst(keptAt(300), logOf(entries, [stranger]), policy)).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    await expect(verifyAgainst(keptAt(300), new ExampleLog(), policy)).rejects.toMatchObject({ code: 'CHECKPOINT_MISSING' });
  });

  it('follows the log to a new key from the pinned one, and not to a key nobody announced', async () => {
    const next = parseSigningKey(generateSigningKey(ORIGIN).skey);
    const verifiers = followKeyRotations(KEY.vkey, ORIGIN, [signKeyRotation(ORIGIN, SIGNER, next)]);
    const log = logOf(entries, [next]);
    expect((await verifyAgainst(keptAt(300), log, { origin: ORIGIN, verifiers })).size).toBe(900);
    await expect(verifyAgainst(keptAt(300), log, policy)).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
  });
});
