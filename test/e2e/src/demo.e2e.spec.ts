import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '@brain/contracts';
import type { Product } from './product.js';
import { sharedDemo } from './shared-product.js';

describe('the first accounts of the demo', () => {
  let product: Product;
  beforeAll(async () => {
    product = await sharedDemo();
  });

  const signedIn = async (role: Role) => {
    const { username, password } = product.credential(role);
    const body = JSON.stringify({ username, password });
    const response = await fetch(`${product.url}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return (await response.json()) as { accessToken: string; user: { areaCodes: readonly string[] } };
  };
  const verify = async (role: Role) => {
    const vkey = (await (await fetch(`${product.url}/api/audit/log/vkey`)).text()).trim();
    const { accessToken } = await signedIn(role);
    return product.brain('verify', `${product.url}/api/audit/log`, '--vkey', vkey, '--header', `Authorization: Bearer ${accessToken}`);
  };

  it('cover the district, or less, and the auditor alone the whole installation', async () => {
    const areas = await Promise.all(ROLES.map(async (role) => [role, (await signedIn(role)).user.areaCodes] as const));
    expect(areas.filter(([, codes]) => codes.includes('*')).map(([role]) => role)).toEqual(['auditor']);
    for (const [role, codes] of areas) if (role !== 'auditor') for (const code of codes) expect(code).toMatch(/^440305/);
  });

  it('let the auditor check every entry of the log offline, and nobody else', async () => {
    expect(await verify('auditor')).toMatchObject({ code: 0, output: expect.stringMatching(/PROVEN: all entries fit/) as unknown });
    expect(await verify('operator')).toMatchObject({ code: 2, output: expect.stringContaining('403') as unknown });
  });
});
