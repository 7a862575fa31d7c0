import { describe, expect, it } from '@jest/globals';
import { parseCheckpoint } from '../checkpoint/checkpoint.js';
import { followKeyRotations, openKeyRotation, signKeyRotation } from './key-rotation.js';
import { parseNote } from './signed-note.js';
import { generateSigningKey, parseSigningKey, signNote } from './signing-key.js';

const ORIGIN = 'brain.example/log';
const [first, second, third] = [1, 2, 3].map((seed) => parseSigningKey(generateSigningKey(ORIGIN, 'ed25519', Buffer.alloc(32, seed)).skey)) as [ReturnType<typeof parseSigningKey>, ReturnType<typeof parseSigningKey>, ReturnType<typeof parseSigningKey>];
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('the rotation of a key', () => {
  it('is followed from the pinned key to the newest, in any order of the statements', () => {
    const statements = [signKeyRotation(ORIGIN, second, third), signKeyRotation(ORIGIN, first, second)];
    expect(followKeyRotations(first.vkey, ORIGIN, statements).map(({ vkey }) => vkey)).toEqual([first.vkey, second.vkey, third.vkey]);
    expect(followKeyRotations(second.vkey, ORIGIN, statements).map(({ vkey }) => vkey)).toEqual([second.vkey, third.vkey]);
  });

  it('changes nothing when said twice, when it is of another log, or when it leads back', () => {
    const statement = signKeyRotation(ORIGIN, first, second);
    expect(followKeyRotations(first.vkey, ORIGIN, [statement, statement])).toHaveLength(2);
    expect(followKeyRotations(first.vkey, ORIGIN, [signKeyRotation('other.example/log', first, second)])).toHaveLength(1);
    expect(followKeyRotations(first.vkey, ORIGIN, [statement, signKeyRotation(ORIGIN, second, first)])).toHaveLength(2);
  });

  it('is refused when one key names two successors', () => {
    const statements = [signKeyRotation(ORIGIN, first, second), signKeyRotation(ORIGIN, first, third)];
    expect(() => followKeyRotations(first.vkey, ORIGIN, statements)).toThrow(code('KEY_ROTATION_FORKED'));
  });

  it('needs both keys', () => {
    const { text } = parseNote(signKeyRotation(ORIGIN, first, second));
    expect(() => openKeyRotation(signNote(text, [first]))).toThrow(code('KEY_ROTATION_MALFORMED'));
    expect(() => openKeyRotation(signNote(text, [second]))).toThrow(code('KEY_ROTATION_MALFORMED'));
    expect(() => openKeyRotation(signNote(text, [third]))).toThrow(code('KEY_UNKNOWN'));
  });

  it('refuses a witness key, a key that follows itself and another text', () => {
    const witness = parseSigningKey(generateSigningKey('w.example', 'cosignature/v1').skey);
    expect(() => openKeyRotation(signKeyRotation(ORIGIN, first, witness))).toThrow(code('KEY_ROTATION_MALFORMED'));
    expect(() => openKeyRotation(signKeyRotation(ORIGIN, first, first))).toThrow(code('KEY_ROTATION_MALFORMED'));
    expect(() => openKeyRotation(signNote('hello\n', [first]))).toThrow(code('KEY_ROTATION_MALFORMED'));
  });

  it('can never pass for a checkpoint', () => {
    const { text } = parseNote(signKeyRotation(ORIGIN, first, second));
    expect(() => parseCheckpoint(text)).toThrow(code('CHECKPOINT_MALFORMED'));
  });
});
