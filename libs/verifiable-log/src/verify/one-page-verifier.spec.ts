import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { entryOf as entryByPage, eventOf, openCheckpoint as openByPage, verifyKept, verifyProof } from '@brain/log-verifier';
import fc from 'fast-check';
import { entryOf } from '../entry/event-entry.js';
import { unambiguousJson } from '../entry/unambiguous-json.js';
import { SUMDB } from '../notes/known-notes.fixture.js';
import { generateSigningKey, parseSigningKey, signNote } from '../notes/signing-key.js';
import { parseVerifierKey } from '../notes/verifier-key.js';
import { consistencyProof } from '../proofs/consistency-proof.js';
import { inclusionProof } from '../proofs/inclusion-proof.js';
import { formatTlogProof, verifyTlogProof } from '../proofs/tlog-proof.js';
import { toBase64 } from '../notes/base64.js';
import { entriesTo, eventAt, KEY, logOf, ORIGIN, SIGNER, type ExampleLog } from './example-log.fixture.js';
import { verifyAgainst } from './verify-against.js';

const PAGE = path.join(import.meta.dirname, '../../../log-verifier/src/proof.mjs');

// Two checkers that share no code must agree about every truth and every lie.
const entries = entriesTo(300);
const log = logOf(entries);
const policy = { origin: ORIGIN, verifiers: [parseVerifierKey(KEY.vkey)] };
const event = { ...eventAt(7) };

async function proofFrom(shown: ExampleLog, index: number, hashes?: Uint8Array[]): Promise<string> {
  const checkpoint = (await shown.checkpoint()) ?? '';
  return formatTlogProof({ index, hashes: hashes ?? (await inclusionProof(shown, index, shown.edge.size)), checkpoint });
}

async function codesOf(proof: string, about: typeof event, origin = ORIGIN, vkey = KEY.vkey): Promise<[string, string]> {
  const page = await verifyProof({ proof, event: about, vkey, origin }).then(() => 'PROVEN', codeOf);
  const library = await Promise.resolve()
    .then(() => verifyTlogProof(proof, entryOf(about), { origin, verifiers: [parseVerifierKey(vkey)] }))
    .then(() => 'PROVEN', codeOf);
  return [page, library];
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);
const both = (code: string): [string, string] => [code, code];

describe('the one-page verifier and the library', () => {
  it('compute the same entry of any event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' })), async (data) => {
        const some = { ...eventAt(1, JSON.parse(JSON.stringify(data)) as Record<string, unknown>) };
        expect(Buffer.from(await entryByPage(some)).equals(entryOf(some))).toBe(true);
      }),
    );
    const large = { ...eventAt(1, { fill: '字'.repeat(500_000) }) };
    expect(Buffer.from(await entryByPage(large)).equals(entryOf(large))).toBe(true);
  });

  it('believe every entry of the log', async () => {
    for (const index of [0, 1, 7, 255, 256, 299]) expect(await codesOf(await proofFrom(log, index), { ...eventAt(index) })).toEqual(both('PROVEN'));
  });

  it('believe a log of one entry, and a checkpoint others cosigned', async () => {
    const one = logOf(entries.slice(0, 1));
    expect(await codesOf(await proofFrom(one, 0), { ...eventAt(0) })).toEqual(both('PROVEN'));
    const witness = parseSigningKey(generateSigningKey('w.example', 'cosignature/v1').skey);
    const cosigned = logOf(entries, [witness, SIGNER]);
    expect(await codesOf(await proofFrom(cosigned, 7), event)).toEqual(both('PROVEN'));
  });

  it.each([
    ['a changed event', 'INCLUSION_PROOF_INVALID', async () => codesOf(await proofFrom(log, 7), { ...event, data: { caseId: 'another' } })],
    ['an event of another place', 'INCLUSION_PROOF_INVALID', async () => codesOf(await proofFrom(log, 8), event)],
    ['another origin', 'ORIGIN_MISMATCH', async () => codesOf(await proofFrom(logOf(entries, undefined, 'other.example/log'), 7), event)],
    ['another key', 'KEY_UNKNOWN', async () => codesOf(await proofFrom(log, 7), event, ORIGIN, generateSigningKey(ORIGIN).vkey)],
    ['a key whose id is wrong', 'VERIFIER_KEY_MALFORMED', async () => codesOf(await proofFrom(log, 7), event, ORIGIN, KEY.vkey.replace(/\+[0-9a-f]{8}/, '+00000000'))],
    ['a proof cut off', 'PROOF_LENGTH_WRONG', async () => codesOf(await proofFrom(log, 7, (await inclusionProof(log, 7, 300)).slice(0, -1)), event)],
    ['a hash too many', 'PROOF_LENGTH_WRONG', async () => codesOf(await proofFrom(log, 7, [...(await inclusionProof(log, 7, 300)), Buffer.alloc(32)]), event)],
    ['an index beyond the tree', 'INDEX_OUT_OF_TREE', async () => codesOf((await proofFrom(log, 7)).replace('index 7', 'index 300'), event)],
    ['another file', 'PROOF_MALFORMED', () => codesOf('hello', event)],
    ['a note that is no checkpoint', 'CHECKPOINT_MALFORMED', async () => codesOf((await proofFrom(log, 7)).replace(/\n\n[^]*/, `\n\n${signNote('hello\n', [SIGNER])}`), event)],
    ['a checkpoint with another size', 'SIGNATURE_INVALID', async () => codesOf((await proofFrom(log, 7)).replace('\n300\n', '\n301\n'), event)],
  ])('both refuse %s with %s', async (_, code, lie) => {
    expect(await lie()).toEqual(both(code));
  });

  it('both find any changed bit of a proof file that is not in a name they do not know', async () => {
    const proof = Buffer.from(await proofFrom(log, 7));
    await fc.assert(
      fc.asyncProperty(fc.nat(proof.length * 8 - 1), async (bit) => {
        const changed = Buffer.from(proof);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await codesOf(changed.toString('utf8'), event)).not.toContain('PROVEN');
      }),
      { numRuns: 400 },
    );
  });

  it('believe a real checkpoint of the Go checksum database', async () => {
    expect(await openByPage(SUMDB.note, SUMDB.vkey, 'go.sum database tree')).toMatchObject({ size: 30_055_305 });
  });
});

describe('the one-page verifier and the library, given a kept checkpoint', () => {
  async function kept(size: number, shown: ExampleLog): Promise<[string, string]> {
    const older = (await logOf(entries.slice(0, size)).checkpoint()) ?? '';
    const newer = (await shown.checkpoint()) ?? '';
    const proof = (size > shown.edge.size ? [] : await consistencyProof(shown, size, shown.edge.size)).map(toBase64).join('\n');
    const page = await verifyKept({ kept: older, newer, proof, vkey: KEY.vkey, origin: ORIGIN }).then(() => 'PROVEN', codeOf);
    return [page, await verifyAgainst(older, shown, policy).then(() => 'PROVEN', codeOf)];
  }

  it('believe a log that grew from any size', async () => {
    for (let size = 0; size <= 300; size += 1) expect(await kept(size, log)).toEqual(both('PROVEN'));
  });

  it('both find any changed bit of what was kept and of what is shown', async () => {
    const older = Buffer.from((await logOf(entries.slice(0, 200)).checkpoint()) ?? '');
    const newer = Buffer.from((await log.checkpoint()) ?? '');
    const proof = (await consistencyProof(log, 200, 300)).map(toBase64).join('\n');
    const ask = (what: { kept?: Buffer; newer?: Buffer; proof?: string }): Promise<string> =>
      verifyKept({ kept: older.toString(), newer: newer.toString(), proof, vkey: KEY.vkey, ...textsOf(what) }).then(() => 'PROVEN', codeOf);
    expect(await ask({})).toBe('PROVEN');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('kept' as const, 'newer' as const), fc.nat(), async (which, bit) => {
        const changed = Buffer.from(which === 'kept' ? older : newer);
        const at = bit % (changed.length * 8);
        changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
        expect(await ask({ [which]: changed })).not.toBe('PROVEN');
        const shown = logOf(entries);
        if (which === 'newer') shown.files.set('checkpoint', changed);
        await expect(verifyAgainst((which === 'kept' ? changed : older).toString(), shown, policy)).rejects.toHaveProperty('code');
      }),
      { numRuns: 150 },
    );
    for (const change of [(all: string[]) => all.slice(1), (all: string[]) => all.slice(0, -1), (all: string[]) => [...all, all[0] ?? ''], (all: string[]) => [...all].reverse()]) {
      expect(await ask({ proof: change(proof.split('\n')).join('\n') })).not.toBe('PROVEN');
    }
  });

  it('both refuse a shrunk tree, a replayed checkpoint, and histories that differ', async () => {
    const forged = [...entries.slice(0, 100), entryOf(eventAt(4711)), ...entries.slice(101)];
    expect(await kept(300, logOf(entries.slice(0, 200)))).toEqual(both('TREE_SHRUNK'));
    for (const size of [101, 128, 200, 256, 300]) expect(await kept(size, logOf(forged))).toEqual(both('HISTORY_FORKED'));
    expect(await kept(100, logOf(forged))).toEqual(both('PROVEN'));
  });
});

describe('the one-page verifier and the library, given the text of an event', () => {
  const read = (text: string): readonly unknown[] => [eventOf, unambiguousJson].map((reader) => {
    try {
      return reader(text);
    } catch (error) {
      return codeOf(error);
    }
  });

  it.each([
    '{"data":{"verdict":"guilty"},"data":{"verdict":"cleared"}}',
    '{"data":{"by":"a","b\\u0079":"b"}}',
    '{"list":[{"a":1},{"a" : 1,"a": 2}]}',
    '{"amount":1e400}',
    '{"amount":12345678901234567891}',
    '{"amount":0.10000000000000000001}',
    '{"amount":-1E-400}',
  ])('both refuse what could be read in two ways: %s', (text) => {
    expect(read(text)).toEqual(both('EVENT_AMBIGUOUS'));
  });

  it('both take any other JSON, however it is spaced', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, space) => {
        const value = JSON.parse(text) as unknown;
        expect(read(JSON.stringify(value, null, space))).toEqual([value, value]);
      }),
    );
    const tricky = String.raw`{"a\": 1":"\\","b":"\"c\" : 1e999, ","n":[0.0,1e21,100,-1.50,5e-324,1.7976931348623157e308]}`;
    expect(read(tricky)).toEqual([JSON.parse(tricky), JSON.parse(tricky)]);
    for (const number of ['1.0', '1.50', '1E3', '-0.0', '100000000000000000000000']) expect(read(number)).toEqual([Number(number), Number(number)]);
  });
});

function textsOf({ kept, newer, proof }: { kept?: Buffer; newer?: Buffer; proof?: string }): { kept?: string; newer?: string; proof?: string } {
  return { ...(kept === undefined ? {} : { kept: kept.toString() }), ...(newer === undefined ? {} : { newer: newer.toString() }), ...(proof === undefined ? {} : { proof }) };
}

describe('the verifier as a program', () => {
  const run = promisify(execFile);

  it('runs alone in a folder and says what it proved, or why it did not', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'verifier-'));
    try {
      const file = (name: string): string => path.join(folder, name);
      await copyFile(PAGE, file('proof.mjs'));
      await writeFile(file('7.tlog-proof'), await proofFrom(log, 7));
      await writeFile(file('event.json'), JSON.stringify(event, null, 2));
      await writeFile(file('other.json'), JSON.stringify(eventAt(8)));
      await writeFile(file('older'), (await logOf(entries.slice(0, 100)).checkpoint()) ?? '');
      await writeFile(file('newer'), (await log.checkpoint()) ?? '');
      await writeFile(file('consistency.txt'), (await consistencyProof(log, 100, 300)).map(toBase64).join('\n'));
      const verifier = (...args: string[]): Promise<{ stdout: string }> => run(process.execPath, ['proof.mjs', ...args], { cwd: folder });
      expect((await verifier('7.tlog-proof', 'event.json', KEY.vkey)).stdout).toContain('PROVEN {"origin":"brain.example/log","index":7,"size":300');
      expect((await verifier('--kept', 'older', 'newer', 'consistency.txt', KEY.vkey)).stdout).toContain('PROVEN {"origin":"brain.example/log","size":300');
      await expect(verifier('7.tlog-proof', 'other.json', KEY.vkey)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('NOT PROVEN INCLUSION_PROOF_INVALID') });
      await expect(verifier('7.tlog-proof', 'event.json', KEY.vkey, 'other.example')).rejects.toMatchObject({ stderr: expect.stringContaining('ORIGIN_MISMATCH') });
      await expect(verifier('--kept', 'newer', 'older', 'consistency.txt', KEY.vkey)).rejects.toMatchObject({ stderr: expect.stringContaining('TREE_SHRUNK') });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('imports nothing and fits on a page', async () => {
    const source = await readFile(PAGE, 'utf8');
    expect(source).not.toMatch(/\bimport\b(?!\.meta|Key)|\brequire\(/);
    const code = source.split('\n').filter((line) => !/^\s*(\/\/|\/\*\*|$)/.test(line));
    expect(code.length).toBeLessThanOrEqual(120);
    expect(Math.max(...code.map((line) => line.length))).toBeLessThanOrEqual(180);
  });
});
