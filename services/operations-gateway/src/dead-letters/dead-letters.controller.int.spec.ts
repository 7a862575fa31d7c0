import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@brain/auth';
import { TOPICS } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest, type Answer } from '../gateway-under-test.fixture.js';

interface Letter {
  readonly id: string;
  readonly group: string;
  readonly error: string;
  readonly record: { readonly value: unknown };
}

const IN_AREA = { areaCode: '440305001001', nonsense: true };
const NOWHERE = { nonsense: true };

describe('messages no handler could take', () => {
  let gateway: GatewayUnderTest;
  let letter: Letter;

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
    await gateway.publishValue(TOPICS.workload, 'in-area', IN_AREA);
    await gateway.publishValue(TOPICS.workload, 'nowhere', NOWHERE);
    await eventually(async () => expect(await values(as('administrator', '*'))).toHaveLength(2), { timeoutMs: 20_000 });
    const found = (await letters(as('administrator', '*'))).find(({ record }) => 'areaCode' in (record.value as object));
    if (found === undefined) throw new Error('not among the dead letters');
    letter = found;
  });
  afterAll(() => gateway.stop());

  const as = (role: Actor['roles'][number], ...areaCodes: readonly string[]): Partial<Actor> => ({ roles: [role], areaCodes });
  const call = async (actor: Partial<Actor>, method: string, path: string): Promise<Answer> =>
    gateway.request(path, { method, headers: { authorization: `Bearer ${await gateway.tokenFor(actor)}` } });
  const letters = async (actor: Partial<Actor>) => (await call(actor, 'GET', '/api/dead-letters')).body.items as readonly Letter[];
  const values = async (actor: Partial<Actor>) => (await letters(actor)).map(({ record }) => record.value);
  const replay = (actor: Partial<Actor>, id: string) => call(actor, 'POST', `/api/dead-letters/${id}/replay`);

  it('are listed with their group and the error', () => {
    expect(letter).toMatchObject({ group: 'operations-gateway.workload-now', error: expect.stringContaining('staffId'), replayedAt: null });
  });

  it('are shown within the areas of the caller; what names no area, to administrators', async () => {
    expect(await values(as('operator', '440305'))).toEqual([IN_AREA]);
    expect(await values(as('operator', '440306'))).toEqual([]);
    expect(await values(as('administrator', '440306'))).toEqual([NOWHERE]);
    expect(await call(as('grid-worker', '*'), 'GET', '/api/dead-letters')).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    const other = await call(as('administrator', '*'), 'GET', '/api/dead-letters?group=another');
    expect(other.body).toEqual({ items: [], nextCursor: null });
  });

  it('are delivered again by an administrator of the area, and stay when that fails, too', async () => {
    expect(await replay(as('operator', '*'), letter.id)).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    const far = as('administrator', '440306');
    const [outside, unknown] = [await replay(far, letter.id), await replay(far, '999')];
    expect(unknown).toMatchObject({ status: 404, body: { code: 'DEAD_LETTER_UNKNOWN' } });
    expect([outside.status, outside.body]).toEqual([404, JSON.parse(JSON.stringify(unknown.body).replaceAll('999', letter.id))]);
    expect(await replay(as('administrator', '440305'), letter.id)).toMatchObject({ status: 202 });
    expect(await values(as('operator', '440305'))).toEqual([IN_AREA]);
  });

  it.each(['999', 'nonsense'])('that do not exist are not found: %s', async (id) => {
    expect(await replay(as('administrator', '*'), id)).toMatchObject({ status: 404, body: { code: 'DEAD_LETTER_UNKNOWN' } });
  });
});
