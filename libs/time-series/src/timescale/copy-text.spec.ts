import { describe, expect, it } from '@jest/globals';
import { copyLine } from './copy-text.js';

const point = { message: 0, deviceId: 'd', metric: 'm', ts: 5, value: 1.5, sourceKey: 'k' };

describe('a line of COPY', () => {
  it('has one column per kind of value, the others null', () => {
    expect(copyLine(point, 7)).toBe('7\td\tm\t5\t1.5\t\\N\t\\N\tk\n');
    expect(copyLine({ ...point, value: false }, 7)).toBe('7\td\tm\t5\t\\N\tfalse\t\\N\tk\n');
    expect(copyLine({ ...point, value: '' }, 7)).toBe('7\td\tm\t5\t\\N\t\\N\t\tk\n');
  });

  it('does not let a text break out of its column', () => {
    const text = 'a\tb\nc\rd\\N';
    expect(copyLine({ ...point, metric: text, value: text, sourceKey: text }, 0).split('\t')).toEqual([
      '0', 'd', 'a\\tb\\nc\\rd\\\\N', '5', '\\N', '\\N', 'a\\tb\\nc\\rd\\\\N', 'a\\tb\\nc\\rd\\\\N\n',
    ]);
  });
});
