import { describe, expect, it } from '@jest/globals';
import { createSigningKeys } from '@brain/auth';
import { Seal } from './seal.js';

describe('a seal', () => {
  it('gives back what was put in, and shows nothing of it', async () => {
    const seal = new Seal((await createSigningKeys()).privateJwk, 'session');
    const sealed = await seal.close({ refreshToken: 'not-to-be-shown' });
    expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('not-to-be-shown');
    expect(await seal.open(sealed)).toEqual({ refreshToken: 'not-to-be-shown' });
  });

  it('opens nothing that was changed, is for another purpose, or was made with another key', async () => {
    const { privateJwk } = await createSigningKeys();
    const seal = new Seal(privateJwk, 'session');
    const sealed = await seal.close('content');
    const parts = sealed.split('.');
    parts[3] = Buffer.from('other-content').toString('base64url');
    expect(await seal.open(parts.join('.'))).toBeUndefined();
    expect(await seal.open('nothing')).toBeUndefined();
    expect(await new Seal(privateJwk, 'attempt').open(sealed)).toBeUndefined();
    expect(await new Seal((await createSigningKeys()).privateJwk, 'session').open(sealed)).toBeUndefined();
  });
});
