import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, SignJWT, UnsecuredJWT, type JSONWebKeySet, type JWK } from 'jose';
import { AccessTokens } from './access-tokens.js';
import type { Actor } from './actor.js';
import { issueAccessToken } from './issue-access-token.js';
import { createSigningKeys } from './signing-keys.js';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from './token-claims.js';

const operator: Actor = {
  id: 'b0a7b2c4-9b53-4b6b-9a6e-0c4f7c7b2f11',
  username: 'operator',
  name: '值班员',
  roles: ['operator'],
  areaCodes: ['440305'],
  staffId: null,
};

describe('an access token', () => {
  let privateJwk: JWK;
  let jwks: JSONWebKeySet;
  let tokens: AccessTokens;

  beforeAll(async () => {
    ({ privateJwk, jwks } = await createSigningKeys());
    tokens = AccessTokens.fromJwks(jwks);
  });

  const signed = async (claims: { issuer?: string; audience?: string; roles?: unknown }): Promise<string> =>
    new SignJWT({ username: 'x', name: 'x', roles: claims.roles ?? ['operator'], areas: [], staffId: null })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setSubject('x')
      .setIssuer(claims.issuer ?? TOKEN_ISSUER)
      .setAudience(claims.audience ?? TOKEN_AUDIENCE)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(await importJWK(privateJwk, 'EdDSA'));

  it('gives back the actor it was issued for', async () => {
    expect(await tokens.verify(await issueAccessToken(privateJwk, operator, 60))).toEqual(operator);
  });

  it('says when it was issued and when it ends', async () => {
    const now = Math.floor(Date.now() / 1000) * 1000;
    const token = await issueAccessToken(privateJwk, operator, 60, now);
    expect(await tokens.verifyWithTimes(token)).toMatchObject({ issuedAt: now / 1000, expiresAt: now / 1000 + 60 });
    expect(await tokens.verifyWithTimes(token)).toHaveProperty('session', undefined);
  });

  it('names the sign-in it belongs to', async () => {
    const session = { id: 's-1', federated: true };
    expect(await tokens.verifyWithTimes(await issueAccessToken(privateJwk, operator, 60, Date.now(), session))).toMatchObject({ session });
  });

  it('is accepted against the key set in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jwks-'));
    try {
      writeFileSync(join(folder, 'jwks.json'), JSON.stringify(jwks));
      const fromFile = AccessTokens.fromFile(join(folder, 'jwks.json'));
      expect(await fromFile.verify(await issueAccessToken(privateJwk, operator, 60))).toEqual(operator);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([undefined, ''])('is missing when it is %p', async (token) => {
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
  });

  it('is refused once it has expired, and the record may say whose it was', async () => {
    const token = await issueAccessToken(privateJwk, operator, 60, Date.now() - 61_000);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED', actorId: operator.id });
  });

  it('is refused when its claims were changed after signing', async () => {
    const [header, payload, signature] = (await issueAccessToken(privateJwk, operator, 60)).split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, roles: ['administrator'] })).toString('base64url');
    await expect(tokens.verify([header, forged, signature].join('.'))).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('is refused when another key signed it, even under our key id', async () => {
    const other = await createSigningKeys();
    const token = await issueAccessToken({ ...other.privateJwk, kid: privateJwk.kid ?? '' }, operator, 60);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    await expect(tokens.verify(await issueAccessToken(other.privateJwk, operator, 60))).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
    });
  });

  it.each([{ audience: 'someone-else' }, { issuer: 'someone-else' }, { roles: ['emperor'] }])(
    'is refused when it says %p',
    async (claims) => {
      await expect(tokens.verify(await signed({}))).resolves.toMatchObject({ id: 'x' });
      await expect(tokens.verify(await signed(claims))).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    },
  );

  it('is refused when it is not signed at all', async () => {
    const unsigned = new UnsecuredJWT({ username: 'x', name: 'x', roles: ['administrator'], areas: ['*'], staffId: null })
      .setSubject('x')
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setIssuedAt()
      .setExpirationTime('1h')
      .encode();
    await expect(tokens.verify(unsigned)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('is not repeated in the refusal', async () => {
    const error = await tokens.verify('not-a-token-but-perhaps-secret').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'TOKEN_INVALID' });
    expect(JSON.stringify(error) + String(error)).not.toContain('perhaps-secret');
  });
});
