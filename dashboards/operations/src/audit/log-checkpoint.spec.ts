import { describe, expect, it } from '@jest/globals';
import { proofStateOf, sizeOfCheckpoint } from './log-checkpoint.js';

describe('a checkpoint', () => {
  it('says how large the log is', () => {
    expect(sizeOfCheckpoint('brain.example/log\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— brain.example/log sig\n')).toBe(20_852_163);
  });

  it.each(['', 'origin\n-1\nroot\n\n', 'origin\n07\nroot\n\n', 'origin\n7\nroot', '<!doctype html>\n7\n'])('that is none is not believed: %j', (text) => {
    expect(sizeOfCheckpoint(text)).toBeUndefined();
  });
});

describe('the proof of an event', () => {
  it.each([
    [6, 7, 'in-log'],
    [7, 7, 'pending'],
    [null, 7, 'pending'],
    [undefined, 7, 'unknown'],
    [6, undefined, 'unknown'],
  ] as const)('leaf %s of %s: %s', (leaf, size, state) => expect(proofStateOf(leaf, size)).toBe(state));
});
