import { describe, expect, it } from '@jest/globals';
import { leafHash } from '../hashing/merkle-hash.js';
import { SUMDB } from '../notes/known-notes.fixture.js';
import type { NoteSignature } from '../notes/signed-note.js';
import { addSignatures, generateSigningKey, parseSigningKey, type SigningKeyText } from '../notes/signing-key.js';
import { parseVerifierKey } from '../notes/verifier-key.js';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.js';

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const GOLDEN = 'go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n';
const ORIGIN = 'brain.example/log';
const key = generateSigningKey(ORIGIN);
const log = parseSigningKey(key.skey);
const verifiers = [parseVerifierKey(key.vkey)];
const head = { origin: ORIGIN, size: 7, root: leafHash(Buffer.from('hello world')) };

describe('a checkpoint', () => {
  it('is written and read as others do', () => {
    const root = leafHash(Buffer.from('hello world'));
    expect(formatCheckpoint({ origin: 'go.sum database tree', size: 123_456_789_012, root })).toBe(GOLDEN);
    expect(parseCheckpoint(GOLDEN)).toMatchObject({ origin: 'go.sum database tree', size: 123_456_789_012, extensions: [] });
  });

  it('of the Go checksum database is believed', () => {
    const policy = { origin: 'go.sum database tree', verifiers: [parseVerifierKey(SUMDB.vkey)] };
    expect(openCheckpoint(SUMDB.note, policy)).toMatchObject({ size: 30_055_305 });
  });

  it('of C2SP is read, extension lines and all', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    expect(parseCheckpoint(text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(parseCheckpoint(`${text}one\ntwo\n`).extensions).toEqual(['one', 'two']);
    expect(formatCheckpoint(parseCheckpoint(`${text}one\n`))).toBe(`${text}one\n`);
  });

  it.each([
    ['a hexadecimal size', GOLDEN.replace('123456789012', '0xabcdef')],
    ['a leading zero', GOLDEN.replace('123456789012', '0123')],
    ['a negative size', GOLDEN.replace('123456789012', '-1')],
    ['a size beyond what is exact', GOLDEN.replace('123456789012', '9007199254740993')],
    ['a root too short', GOLDEN.replace('TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=', 'Tszz')],
    ['two lines', 'a\n1\n'],
    ['an empty origin', GOLDEN.replace('go.sum database tree', '')],
    ['an empty extension', `${GOLDEN}\n`],
    ['no last newline', GOLDEN.slice(0, -1)],
  ])('with %s is refused', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(code('CHECKPOINT_MALFORMED'));
  });

  it('is believed for its own origin and by its own keys only', () => {
    const note = signCheckpoint(head, [log]);
    expect(openCheckpoint(note, { origin: ORIGIN, verifiers }).note).toBe(note);
    expect(() => openCheckpoint(note, { origin: 'other.example/log', verifiers })).toThrow(code('ORIGIN_MISMATCH'));
    expect(() => openCheckpoint(note, { origin: ORIGIN, verifiers: [parseVerifierKey(generateSigningKey(ORIGIN).vkey)] })).toThrow(code('KEY_UNKNOWN'));
  });

  it('carries the old key along when the log changed keys, so that both are believed', () => {
    const next = generateSigningKey(ORIGIN);
    const note = signCheckpoint(head, [parseSigningKey(next.skey), log]);
    expect(openCheckpoint(note, { origin: ORIGIN, verifiers }).size).toBe(7);
    expect(openCheckpoint(note, { origin: ORIGIN, verifiers: [parseVerifierKey(next.vkey)] }).size).toBe(7);
  });

  it('needs as many witnesses as the policy asks, and the log itself', () => {
    const keys = [1, 2].map((at) => generateSigningKey(`w${at}.example`, 'cosignature/v1'));
    const witnesses = { verifiers: keys.map(({ vkey }) => parseVerifierKey(vkey)), atLeast: 2 };
    const note = signCheckpoint(head, [log]);
    const cosignatures = keys.map(({ skey }) => parseSigningKey(skey).sign(formatCheckpoint(head)));
    expect(openCheckpoint(addSignatures(note, cosignatures), { origin: ORIGIN, verifiers, witnesses }).signatures.verified).toHaveLength(3);
    expect(() => openCheckpoint(addSignatures(note, cosignatures.slice(1)), { origin: ORIGIN, verifiers, witnesses })).toThrow(code('COSIGNATURES_MISSING'));
    const alone = signCheckpoint(head, keys.map(({ skey }) => parseSigningKey(skey)));
    expect(() => openCheckpoint(alone, { origin: ORIGIN, verifiers, witnesses })).toThrow(code('KEY_UNKNOWN'));
  });

  it('counts one key under two names as one witness, and a repeated signature once', () => {
    const seed = Buffer.alloc(32, 7);
    const [one, other] = ['w1.example', 'w2.example'].map((name) => generateSigningKey(name, 'cosignature/v1', seed)) as [SigningKeyText, SigningKeyText];
    const [first, second] = [one, other].map(({ skey }) => parseSigningKey(skey).sign(formatCheckpoint(head))) as [NoteSignature, NoteSignature];
    const witnesses = { verifiers: [one, one, other].map(({ vkey }) => parseVerifierKey(vkey)), atLeast: 2 };
    const note = addSignatures(signCheckpoint(head, [log]), [first, second]);
    expect(openCheckpoint(note, { origin: ORIGIN, verifiers, witnesses: { ...witnesses, atLeast: 1 } }).signatures.verified).toHaveLength(3);
    expect(() => openCheckpoint(note, { origin: ORIGIN, verifiers, witnesses })).toThrow(code('COSIGNATURES_MISSING'));
    const twice = note + (note.split('\n').at(-2) ?? '') + '\n';
    expect(() => openCheckpoint(twice, { origin: ORIGIN, verifiers, witnesses })).toThrow(code('COSIGNATURES_MISSING'));
  });
});
