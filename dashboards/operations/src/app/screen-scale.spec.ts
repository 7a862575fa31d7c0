import { describe, expect, it } from '@jest/globals';
import { scaleFor } from './screen-scale.js';

describe('the size everything is drawn at', () => {
  it('is one on a full HD screen', () => expect(scaleFor(1920, 1080)).toBe(1));
  it('is a little smaller on a laptop', () => expect(scaleFor(1366, 768)).toBe(0.9));
  it('grows on a video wall, slower than the wall', () => expect(scaleFor(3840, 2160)).toBe(1.8));
  it('follows the shorter side, so a wide strip does not overflow', () => expect(scaleFor(7680, 1080)).toBe(1));
  it('stops growing at some point', () => expect(scaleFor(20000, 12000)).toBe(2.4));
});
