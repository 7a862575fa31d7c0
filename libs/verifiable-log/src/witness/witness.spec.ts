import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openCheckpoint } from '../checkpoint/checkpoint.js';
import { entryOf } from '../entry/event-entry.js';
import { addSignatures, generateSigningKey, parseSigningKey, signNote } from '../notes/signing-key.js';
import { parseVerifierKey } from '../notes/verifier-key.js';
import { consistencyProof } from '../proofs/consistency-proof.js';
import { entriesTo, eventAt, KEY, logOf, ORIGIN, type ExampleLog } from '../verify/example-log.fixture.js';
import { formatAddCheckpoint, parseAddCheckpoint } from './add-checkpoint-request.js';
import { decideCosignature, type WitnessDecision, type WitnessRecord } from './decide-cosignature.js';

const entries = entriesTo(400);
const verifiers = [parseVerifierKey(KEY.vkey)];
const logs = new Map([[ORIGIN, verifiers]]);
const nothing = new Map<string, WitnessRecord>();

async function request(log: ExampleLog, oldSize: number): Promise<string> {
  const proof = oldSize > log.edge.size ? [] : await consistencyProof(log, oldSize, log.edge.size);
  return formatAddCheckpoint({ oldSize, proof, checkpoint: (await log.checkpoint()) ?? '' });
}

function recordOf(decision: WitnessDecision): WitnessRecord {
  if (decision.answer !== 'cosign') throw new Error(decision.reason);
  return decision.record;
}

const seenAt = async (size: number, log = logOf(entries.slice(0, size))): Promise<Map<string, WitnessRecord>> =>
  new Map([[ORIGIN, recordOf(decideCosignature(await request(log, 0), { logs, seen: nothing }))]]);

describe('a witness', () => {
  it('reads the request of the specification', () => {
    const checkpoint = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n';
    const body = `old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\n${checkpoint}`;
    const read = parseAddCheckpoint(body);
    expect(read).toMatchObject({ oldSize: 20_852_014, checkpoint });
    expect(read.proof).toHaveLength(4);
    expect(formatAddCheckpoint(read)).toBe(body);
  });

  it('cosigns the first checkpoint it sees, what extends it, and the same again', async () => {
    const seen = await seenAt(100);
    const next = decideCosignature(await request(logOf(entries), 100), { logs, seen });
    expect(next).toMatchObject({ answer: 'cosign', origin: ORIGIN, record: { size: 400 } });
    expect(decideCosignature(await request(logOf(entries.slice(0, 100)), 100), { logs, seen }).answer).toBe('cosign');
    expect(decideCosignature(await request(logOf([]), 0), { logs, seen: nothing }).answer).toBe('cosign');
  });

  it('gives a cosignature that a reader counts', async () => {
    const key = generateSigningKey('witness.example', 'cosignature/v1');
    const log = logOf(entries);
    const decision = decideCosignature(await request(log, 0), { logs, seen: nothing });
    if (decision.answer !== 'cosign') throw new Error(decision.reason);
    const note = addSignatures((await log.checkpoint()) ?? '', [parseSigningKey(key.skey).sign(decision.text)]);
    const witnesses = { verifiers: [parseVerifierKey(key.vkey)], atLeast: 1 };
    expect(openCheckpoint(note, { origin: ORIGIN, verifiers, witnesses }).size).toBe(400);
  });

  it('does not cosign a second history shown to another reader', async () => {
    const forged = [...entries.slice(0, 99), entryOf(eventAt(4711))];
    const seen = await seenAt(100);
    expect(decideCosignature(await request(logOf(forged), 100), { logs, seen })).toMatchObject({ status: 409, code: 'HISTORY_FORKED', seenSize: 100 });
    const longer = logOf([...forged, ...entries.slice(100)]);
    expect(decideCosignature(await request(longer, 100), { logs, seen })).toMatchObject({ status: 422, code: 'CONSISTENCY_PROOF_INVALID' });
  });

  it('does not go back', async () => {
    const seen = await seenAt(300);
    expect(decideCosignature(await request(logOf(entries.slice(0, 200)), 300), { logs, seen })).toMatchObject({ status: 400, code: 'SIZES_OUT_OF_ORDER' });
    expect(decideCosignature(await request(logOf(entries.slice(0, 200)), 200), { logs, seen })).toMatchObject({ status: 409, seenSize: 300 });
    expect(decideCosignature(await request(logOf(entries), 0), { logs, seen })).toMatchObject({ status: 409, code: 'WITNESS_AHEAD', seenSize: 300 });
  });

  it.each([
    ['an unknown origin', 404, 'ORIGIN_UNKNOWN', () => request(logOf(entries, undefined, 'other.example/log'), 0)],
    ['another key', 403, 'KEY_UNKNOWN', () => request(logOf(entries, [parseSigningKey(generateSigningKey(ORIGIN).skey)]), 0)],
    ['a forged signature', 403, 'SIGNATURE_INVALID', async () => (await request(logOf(entries), 0)).replace('\n400\n', '\n401\n')],
    ['a proof from nothing', 422, 'PROOF_LENGTH_WRONG', async () => (await request(logOf(entries), 0)).replace('old 0\n', `old 0\n${Buffer.alloc(32).toString('base64')}\n`)],
    ['no old size', 400, 'WITNESS_REQUEST_MALFORMED', async () => (await request(logOf(entries), 0)).replace('old 0', 'old 00')],
    ['64 proof lines', 400, 'WITNESS_REQUEST_MALFORMED', async () => (await request(logOf(entries), 0)).replace('old 0\n', `old 0\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`)],
    ['a note that is no checkpoint', 400, 'CHECKPOINT_MALFORMED', () => Promise.resolve(`old 0\n\n${signNote('hello\n', [parseSigningKey(KEY.skey)])}`)],
    ['nothing', 400, 'WITNESS_REQUEST_MALFORMED', () => Promise.resolve('')],
  ])('answers %s with %d', async (_, status, code, body) => {
    expect(decideCosignature(await body(), { logs, seen: nothing })).toMatchObject({ answer: 'refuse', status, code });
  });

  it('only ever cosigns sizes that grow, whatever it is asked in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(120), fc.nat(120), fc.boolean()), { maxLength: 12 }), async (steps) => {
        const seen = new Map<string, WitnessRecord>();
        for (const [size, oldSize, lie] of steps) {
          const shown = logOf(lie ? [entryOf(eventAt(4711)), ...entries.slice(1, Math.max(size, 1))] : entries.slice(0, size));
          const decision = decideCosignature(await request(shown, oldSize), { logs, seen });
          if (decision.answer !== 'cosign') continue;
          const before = seen.get(ORIGIN);
          if (before !== undefined && before.size > 0) {
            const root = Buffer.from(before.root, 'base64');
            const honest = logOf(entries.slice(0, before.size));
            const known = [honest, logOf([entryOf(eventAt(4711)), ...entries.slice(1, before.size)])].findIndex((log) => rootMatches(log, root));
            expect(known).toBe(lie ? 1 : 0);
            expect(decision.record.size).toBeGreaterThanOrEqual(before.size);
          }
          seen.set(ORIGIN, decision.record);
        }
      }),
      { numRuns: 40 },
    );
  });
});

function rootMatches(log: ExampleLog, root: Buffer): boolean {
  return log.files.get('checkpoint') !== undefined && Buffer.from(log.files.get('checkpoint') ?? []).toString().includes(root.toString('base64'));
}
