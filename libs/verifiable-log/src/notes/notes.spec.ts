import { describe, expect, it } from '@jest/globals';
import { GO, SIGSUM, SPEC, SUMDB, WITNESS_VKEY } from './known-notes.fixture.js';
import { openNote } from './open-note.js';
import { parseNote, signatureLine } from './signed-note.js';
import { addSignatures, generateSigningKey, parseSigningKey, signNote } from './signing-key.js';
import { parseVerifierKey } from './verifier-key.js';

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('verifier keys', () => {
  it.each([
    [SPEC.vkey, 'example.com/foo', '530d903a', 'ed25519'],
    [GO.vkey, 'PeterNeumann', 'c74f20a3', 'ed25519'],
    [SUMDB.vkey, 'sum.golang.org', '033de0ae', 'ed25519'],
    [WITNESS_VKEY, 'remora.n621.de', 'da77ade7', 'cosignature/v1'],
  ])('are read: %s', (vkey, name, keyId, algorithm) => {
    expect(parseVerifierKey(vkey)).toMatchObject({ name, keyId, algorithm, vkey });
  });

  it('are refused when any part is cut off or any character is changed', () => {
    for (let from = 0; from < GO.vkey.length; from += 1) {
      for (let to = from + 1; to <= GO.vkey.length; to += 1) {
        if (to - from < GO.vkey.length) expect(() => parseVerifierKey(GO.vkey.slice(from, to))).toThrow();
      }
      const next = String.fromCharCode(GO.vkey.charCodeAt(from) + 1);
      expect(() => parseVerifierKey(GO.vkey.slice(0, from) + next + GO.vkey.slice(from + 1))).toThrow(code('VERIFIER_KEY_MALFORMED'));
    }
  });

  it.each([
    ['of the wrong length', 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='],
    ['of an unknown algorithm', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ])('%s are refused though their id fits', (_, vkey) => {
    expect(() => parseVerifierKey(vkey)).toThrow(code('VERIFIER_KEY_MALFORMED'));
  });
});

describe('signing', () => {
  it('gives the known signature', () => {
    expect(signNote(GO.text, [parseSigningKey(GO.skey)])).toBe(`${GO.text}\n${GO.line}`);
    expect(parseSigningKey(GO.skey).vkey).toBe(GO.vkey);
  });

  it('gives the known checkpoint of a sigsum log', () => {
    const { skey } = generateSigningKey(SIGSUM.log, 'ed25519', SIGSUM.seed);
    expect(signNote(SIGSUM.note.slice(0, SIGSUM.note.indexOf('\n\n') + 1), [parseSigningKey(skey)])).toBe(SIGSUM.note);
  });

  it('gives the known cosignature of a sigsum witness', () => {
    const { skey, vkey } = generateSigningKey(SIGSUM.witness, 'cosignature/v1', SIGSUM.seed);
    const witness = parseSigningKey(skey, () => new Date(1_234_900));
    expect(signatureLine(witness.sign(SIGSUM.cosignedText))).toBe(SIGSUM.cosignature);
    const note = `${SIGSUM.cosignedText}\n${SIGSUM.cosignature}`;
    expect(openNote(note, [parseVerifierKey(vkey)]).verified).toHaveLength(1);
  });

  it('refuses a cosignature at another time', () => {
    const { vkey } = generateSigningKey(SIGSUM.witness, 'cosignature/v1', SIGSUM.seed);
    const later = `${SIGSUM.cosignedText}\n${SIGSUM.cosignature.replace('AAAAAAAAATS', 'AAAAAAAAATT')}`;
    expect(() => openNote(later, [parseVerifierKey(vkey)])).toThrow(code('SIGNATURE_INVALID'));
  });

  it('never repeats a broken secret in its error', () => {
    expect(() => parseSigningKey(GO.skey.replace('c74f20a3', 'c74f20a4'))).toThrow('Not a signing key (PRIVATE+KEY+name+id+key)');
    expect(() => parseSigningKey(`${GO.skey}!`)).toThrow('Not a signing key (PRIVATE+KEY+name+id+key)');
  });

  it('makes keys that work, and none for a name that no note can carry', () => {
    const { skey, vkey } = generateSigningKey('brain.example/log');
    expect(openNote(signNote('text\n', [parseSigningKey(skey)]), [parseVerifierKey(vkey)]).text).toBe('text\n');
    for (const name of ['', 'a b', 'a+b', 'a\tb', 'a\u00a0b', 'a\u0085b']) expect(() => generateSigningKey(name)).toThrow(code('KEY_NAME_MALFORMED'));
  });

  it('adds a signature and replaces one of the same key', () => {
    const peter = parseSigningKey(GO.skey);
    const other = parseSigningKey(generateSigningKey('brain.example/log').skey);
    const both = addSignatures(signNote(GO.text, [peter]), [other.sign(GO.text)]);
    expect(parseNote(both).signatures.map(({ name }) => name)).toEqual(['PeterNeumann', 'brain.example/log']);
    expect(parseNote(addSignatures(both, [peter.sign(GO.text)])).signatures).toHaveLength(2);
  });
});

describe('opening a note', () => {
  const peter = parseVerifierKey(GO.vkey);
  const enoch = parseVerifierKey(GO.otherVkey);

  it.each([
    ['of the specification', SPEC.note, SPEC.vkey],
    ['of the Go checksum database', SUMDB.note, SUMDB.vkey],
  ])('believes the one %s', (_, note, vkey) => {
    expect(openNote(note, [parseVerifierKey(vkey)]).verified).toHaveLength(1);
  });

  it('tells known from unknown signers', () => {
    const note = `${GO.text}\n${GO.line}${GO.otherLine}`;
    expect(openNote(note, [peter])).toMatchObject({ text: GO.text, verified: [{ name: 'PeterNeumann' }], unknown: [{ name: 'EnochRoot' }] });
    expect(openNote(note, [peter, enoch]).verified).toHaveLength(2);
    expect(() => openNote(note, [])).toThrow(code('KEY_UNKNOWN'));
  });

  it('rejects the whole note when one known signature is wrong', () => {
    const wrong = GO.otherLine.replace('eBzmZa0', 'eBzmZa1');
    expect(() => openNote(`${GO.text}\n${GO.line}${wrong}`, [peter, enoch])).toThrow(code('SIGNATURE_INVALID'));
    expect(openNote(`${GO.text}\n${GO.line}${wrong}`, [peter]).verified).toHaveLength(1);
  });

  it('does not take a signature made under another name', () => {
    expect(() => openNote(`${GO.text}\n${GO.line.replace('PeterNeumann', 'CarmenSandiego')}`, [peter])).toThrow(code('KEY_UNKNOWN'));
  });

  it('counts a repeated signature once', () => {
    expect(openNote(`${GO.text}\n${GO.line}${GO.line}`, [peter]).verified).toHaveLength(1);
  });

  it.each([
    ['no signatures', GO.text],
    ['an empty signature block', `${GO.text}\n`],
    ['a last line without end', `${GO.text}\n${GO.line.slice(0, -1)}`],
    ['a control character', `\u0001${GO.text}\n${GO.line}`],
    ['a carriage return', `${GO.text.replace('\n', '\r\n')}\n${GO.line}`],
    ['half a character', `\ud800${GO.text}\n${GO.line}`],
    ['a space in a name', `${GO.text}\n${GO.line.replace('PeterNeumann', 'Bad Name')}`],
    ['a line that is no signature', `${GO.text}\n${GO.line}Unexpected line.\n`],
    ['a hyphen for the dash', `${GO.text}\n${GO.line.replace('—', '-')}`],
    ['a signature of four bytes', `${GO.text}\n— PeterNeumann x08gow==\n`],
    ['101 signatures', `${GO.text}\n${GO.line.repeat(101)}`],
    ['more than a megabyte', `${'x'.repeat(1_000_001)}\n\n${GO.line}`],
  ])('refuses %s', (_, note) => {
    expect(() => parseNote(note)).toThrow(code('NOTE_MALFORMED'));
  });

  it('refuses base64 in a second spelling', () => {
    for (const line of [GO.line.replace('nAM=', 'nAN='), GO.line.replace('nAM=', 'nAM'), GO.line.replace('/ZJkuBS', '_ZJkuBS')]) {
      expect(() => parseNote(`${GO.text}\n${line}`)).toThrow(code('BASE64_MALFORMED'));
    }
  });
});
