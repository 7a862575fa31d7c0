import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wellFormed } from './well-formed.js';

describe('text with half a character or a NUL', () => {
  it('is repaired wherever it stands, names of fields too', () => {
    const given = JSON.parse(String.raw`{"title":"a\ud800b","list":["\udfff",{"\ud83d":1,"x\u0000":"\u0000"}],"n":1,"none":null}`) as unknown;
    expect(wellFormed(given)).toEqual({ title: 'a\ufffdb', list: ['\ufffd', { '\ufffd': 1, 'x\ufffd': '\ufffd' }], n: 1, none: null });
  });

  it('is all that is touched', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }).filter((any) => !JSON.stringify(any).includes(String.raw`\u0000`)), (value) => {
        expect(wellFormed(value)).toBe(value);
      }),
    );
  });
});
