import { describe, expect, it } from '@jest/globals';
import { TokenSeal } from './sealed-token.js';

describe('a token on its way to the broker', () => {
  it('is read with the same secret', () => {
    const sealed = new TokenSeal('secret').seal('token-1');
    expect(new TokenSeal('secret').open(sealed)).toBe('token-1');
  });

  it('shows nothing, not even that it is the same token again', () => {
    const seal = new TokenSeal('secret');
    expect(seal.seal('token-1').toString('latin1')).not.toContain('token-1');
    expect(seal.seal('token-1').equals(seal.seal('token-1'))).toBe(false);
  });

  it('is lost with the secret', () => {
    expect(new TokenSeal('other').open(new TokenSeal('secret').seal('token-1'))).toBeUndefined();
  });
});
