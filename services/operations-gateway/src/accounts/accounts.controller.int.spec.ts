import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { TOPICS } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest } from '../gateway-under-test.fixture.js';
import { staffRegistered, stored } from '../live/live-events.fixture.js';

describe('accounts', () => {
  let gateway: GatewayUnderTest;
  let tries = 0;

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const signIn = (username: string, password: string) => gateway.post('/api/auth/login', { username, password });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const newAccount = async (username: string, over: object = {}) => {
    const { token } = await gateway.signIn('security-administrator');
    const body = { username, password: 'a-long-enough-password', name: username, roles: ['operator'], areaCodes: ['440305'], ...over };
    return { token, answer: await gateway.post('/api/accounts', body, bearer(token)) };
  };

  const idOf = async (username: string, token: string): Promise<string> => {
    const { body } = await gateway.request('/api/accounts', { headers: bearer(token) });
    return (body.items as { accountId: string; username: string }[]).find((account) => account.username === username)?.accountId ?? '';
  };

  it('are the security administrator’s, and never show a hash', async () => {
    const { token, answer } = await newAccount('li.na');
    expect(answer.status).toBe(201);
    const list = await gateway.request('/api/accounts', { headers: bearer(token) });
    expect(JSON.stringify(list.body)).toContain('li.na');
    expect(JSON.stringify(list.body)).not.toMatch(/argon2|password/i);
  });

  it('are refused with a taken name, a short password or an area that is none', async () => {
    await newAccount('taken');
    expect((await newAccount('Taken')).answer).toMatchObject({ status: 422, body: { code: 'ACCOUNT_USERNAME_TAKEN' } });
    expect((await newAccount('short', { password: 'short' })).answer.body.errors).toContainEqual(
      expect.objectContaining({ path: 'password' }),
    );
    expect((await newAccount('everywhere', { areaCodes: ['*'] })).answer.status).toBe(400);
  });

  it('never hold two of the separated roles, and nobody changes their own rights', async () => {
    const { answer } = await newAccount('both', { roles: ['administrator', 'auditor'] });
    expect(answer).toMatchObject({ status: 422, body: { code: 'ROLES_NOT_SEPARATED', errors: [{ path: 'roles' }] } });
    const { token, answer: other } = await newAccount('one');
    const change = (accountId: unknown, over: object) =>
      gateway.put(`/api/accounts/${String(accountId)}`, { name: 'x', roles: ['security-administrator'], areaCodes: [], staffId: null, ...over }, bearer(token));
    expect(await change(other.body.accountId, { roles: ['auditor', 'security-administrator'] })).toMatchObject({ body: { code: 'ROLES_NOT_SEPARATED' } });
    const { body } = await gateway.request('/api/auth/me', { headers: bearer(token) });
    const { id } = body.user as { readonly id: string };
    expect(await change(id, { roles: ['security-administrator', 'operator'], areaCodes: ['440305'] })).toMatchObject({ status: 409, body: { code: 'ACCOUNT_IS_YOURS' } });
    expect(await gateway.post(`/api/accounts/${id}/disable`, {}, bearer(token))).toMatchObject({ status: 409, body: { code: 'ACCOUNT_IS_YOURS' } });
  });

  it.each(['administrator', 'operator', 'grid-worker', 'evaluator', 'auditor'] as const)('are none of the business of %s', async (role) => {
    const headers = bearer(await gateway.tokenFor({ roles: [role], areaCodes: ['*'] }));
    expect(await gateway.request('/api/accounts', { headers })).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
  });

  it('show auditors their names, where somebody could act in the auditor’s areas, and nothing else of them', async () => {
    await newAccount('wang.hong', { name: '王红', areaCodes: ['440305001'] });
    await newAccount('zhao.yi', { name: '赵一', areaCodes: ['440307'] });
    const namesOf = async (areaCodes: readonly string[]) => {
      const headers = bearer(await gateway.tokenFor({ roles: ['auditor'], areaCodes }));
      return (await gateway.request('/api/accounts/names', { headers })).body.items as readonly { readonly name: string }[];
    };
    const all = await namesOf(['*']);
    expect(all).toContainEqual({ accountId: expect.any(String) as unknown, name: '王红' });
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['王红', '赵一', '值班员']));
    const near = (await namesOf(['440305001002'])).map(({ name }) => name);
    expect(near).toEqual(expect.arrayContaining(['王红', '值班员']));
    expect(near).not.toContain('赵一');
    const reads = (await gateway.recorded('personal-data-read')).filter(({ metadata }) => metadata.actor.id === 'someone').map(({ data }) => data);
    expect(reads).toContainEqual(expect.objectContaining({ kind: 'account', result: 'given', records: all.length }));
    for (const role of ['security-administrator', 'administrator', 'operator'] as const) {
      const headers = bearer(await gateway.tokenFor({ roles: [role], areaCodes: ['*'] }));
      expect(await gateway.request('/api/accounts/names', { headers })).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    }
  });

  it('are all that a security administrator sees: the separated work of others is refused', async () => {
    const headers = bearer(await gateway.tokenFor({ roles: ['security-administrator'], areaCodes: ['*'] }));
    for (const path of ['/api/dead-letters', '/api/audit/room', '/api/accounts/names']) {
      expect(await gateway.request(path, { headers })).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    }
    const both = bearer(await gateway.tokenFor({ roles: ['security-administrator', 'administrator'], areaCodes: ['*'] }));
    expect(await gateway.request('/api/accounts', { headers: both })).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
  });

  it('cannot reach beyond the security administrator’s own areas', async () => {
    const token = await gateway.tokenFor({ roles: ['security-administrator'], areaCodes: ['440306'] });
    const { answer } = await newAccount('elsewhere');
    const body = { username: 'x.y', password: 'a-long-enough-password', name: 'x', roles: ['operator'], areaCodes: ['440305'] };
    expect(await gateway.post('/api/accounts', body, bearer(token))).toMatchObject({ status: 403, body: { code: 'AREA_OUT_OF_SCOPE' } });
    const asked = async (id: string) => {
      const of = `/api/accounts/${id}`;
      const change = { name: 'x', roles: ['operator'], areaCodes: ['440306'] };
      const posts = await Promise.all(['password', 'disable', 'enable'].map((command) => gateway.post(`${of}/${command}`, {}, bearer(token))));
      const answers = [await gateway.request(of, { headers: bearer(token) }), await gateway.put(of, change, bearer(token)), ...posts];
      return answers.map(({ status, body: told }) => ({ status, body: told }));
    };
    const unknown = await asked('018f0000-0000-7000-8000-00000000dead');
    for (const one of unknown) expect(one).toMatchObject({ status: 404, body: { code: 'ACCOUNT_NOT_FOUND' } });
    expect(await asked(String(answer.body.accountId))).toEqual(unknown);
  });

  it('are listed only where the whole account lies within the areas of the security administrator', async () => {
    await newAccount('wide', { areaCodes: ['440305', '440306'] });
    await newAccount('near', { areaCodes: ['440306001'] });
    const token = await gateway.tokenFor({ roles: ['security-administrator'], areaCodes: ['440306'] });
    const { body } = await gateway.request('/api/accounts', { headers: bearer(token) });
    expect((body.items as { username: string }[]).map(({ username }) => username)).toEqual(['near']);
  });

  it('speak for no staff member who works outside the areas of the security administrator', async () => {
    const staffId = '018f0000-0000-7000-8000-0000000000a1';
    await gateway.publish(TOPICS.gridEvents, staffRegistered(staffId, '陈静'));
    const token = await gateway.tokenFor({ roles: ['security-administrator'], areaCodes: ['440306'] });
    const body = { username: 'as.chen', password: 'a-long-enough-password', name: 'x', roles: ['grid-worker'], areaCodes: ['440306'], staffId };
    const answerFor = async (whom: string) => {
      const { status, body: told } = await gateway.post('/api/accounts', { ...body, staffId: whom }, bearer(token));
      return { status, body: told };
    };
    const unknown = await answerFor(randomUUID());
    expect(unknown).toMatchObject({ status: 422, body: { code: 'STAFF_UNKNOWN', errors: [{ path: 'staffId' }] } });
    expect(await answerFor(staffId)).toEqual(unknown);
    const { answer } = await newAccount('chen', { staffId, roles: ['grid-worker'], areaCodes: ['440305'] });
    expect(answer).toMatchObject({ status: 201, body: { staffId } });
  });

  it('speak for nobody who is not on the register, or was erased from it', async () => {
    const [unknown, erased] = [randomUUID(), randomUUID()];
    const gone = stored('grid-registry.staff-erased.v1', `staff-${erased}`, 1, { staffId: erased, at: '2026-11-22T02:00:00.000Z' });
    await gateway.publish(TOPICS.gridEvents, staffRegistered(erased, '赵去'), gone);
    const refused = (code: string) => ({ status: 422, body: { code, errors: [{ path: 'staffId' }] } });
    expect((await newAccount('for.nobody', { staffId: unknown })).answer).toMatchObject(refused('STAFF_UNKNOWN'));
    await eventually(async () => expect((await newAccount(`for.gone.${String(tries++)}`, { staffId: erased })).answer).toMatchObject(refused('STAFF_ERASED')));
    const { token, answer } = await newAccount('of.nobody');
    const rights = { name: 'of.nobody', roles: ['operator'], areaCodes: ['440305'], staffId: unknown };
    expect(await gateway.put(`/api/accounts/${String(answer.body.accountId)}`, rights, bearer(token))).toMatchObject(refused('STAFF_UNKNOWN'));
    // On the workload board and not on the register: the board is no proof.
    await gateway.publishValue(TOPICS.workload, unknown, {
      staffId: unknown, name: '板上', areaCodes: ['440305001'], availability: 'on-duty', activity: 'free',
      openCases: 0, overdueCases: 0, dueWithinHour: 0, load: 0, updatedAt: '2026-03-01T10:00:00.000Z',
    });
    expect((await newAccount('for.the.board', { staffId: unknown })).answer).toMatchObject(refused('STAFF_UNKNOWN'));
  });

  it('of one member of staff hold one separated role together, however they come by it', async () => {
    const [staffId, wu] = [randomUUID(), randomUUID()];
    await gateway.publish(TOPICS.gridEvents, staffRegistered(staffId, '周'), staffRegistered(wu, '吴'));
    const { token, answer: first } = await newAccount('zhou.admin', { staffId, roles: ['administrator'] });
    expect(first.status).toBe(201);
    const refused = { status: 422, body: { code: 'ROLES_NOT_SEPARATED', errors: [{ path: 'staffId' }] } };
    for (const roles of [['auditor'], ['administrator', 'operator'], ['security-administrator']]) {
      expect((await newAccount(`zhou.${roles.join('.')}`, { staffId, roles })).answer).toMatchObject(refused);
    }
    const { answer: second } = await newAccount('zhou.operator', { staffId, roles: ['operator'] });
    expect(second.status).toBe(201);
    const [one, two] = [first, second].map(({ body }) => `/api/accounts/${String(body.accountId)}`) as [string, string];
    const auditor = { name: 'x', roles: ['auditor'], areaCodes: ['440305'], staffId };
    expect(await gateway.put(two, auditor, bearer(token))).toMatchObject(refused);
    expect((await gateway.post(`${one}/disable`, {}, bearer(token))).status).toBe(200);
    expect((await gateway.put(two, auditor, bearer(token))).status).toBe(200);
    expect(await gateway.post(`${one}/enable`, {}, bearer(token))).toMatchObject(refused);
    const together = await Promise.all(['a', 'b'].map((name) => newAccount(`wu.${name}`, { staffId: wu, roles: ['auditor'] })));
    expect(together.map(({ answer }) => answer.status).sort()).toEqual([201, 422]);
  });

  it('lose their sessions at once when they are disabled or get a new password', async () => {
    const { token, answer } = await newAccount('leaving');
    const account = `/api/accounts/${String(answer.body.accountId)}`;
    const session = async (password: string) => bearer(String((await signIn('leaving', password)).body.accessToken));
    const first = await session('a-long-enough-password');
    await gateway.post(`${account}/password`, { password: 'another-long-password' }, bearer(token));
    expect(await gateway.request('/api/auth/me', { headers: first })).toMatchObject({ status: 401, body: { code: 'TOKEN_REVOKED' } });

    const second = await session('another-long-password');
    expect((await gateway.request('/api/auth/me', { headers: second })).status).toBe(200);
    expect(await gateway.post(`${account}/disable`, {}, bearer(token))).toMatchObject({ status: 200, body: { disabled: true } });
    expect((await gateway.request('/api/auth/me', { headers: second })).status).toBe(401);
    expect(await signIn('leaving', 'another-long-password')).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_WRONG' } });

    await gateway.restart();
    expect((await gateway.request('/api/auth/me', { headers: second })).status).toBe(401);
  });

  it('are on the record with every change, who made it and what was before', async () => {
    const { token, answer } = await newAccount('recorded');
    const accountId = String(answer.body.accountId);
    const { body } = await gateway.request('/api/auth/me', { headers: bearer(token) });
    const { id } = body.user as { readonly id: string };
    const rights = { roles: ['evaluator'], areaCodes: ['440305001'], staffId: null };
    await gateway.put(`/api/accounts/${accountId}`, { name: 'x', ...rights }, bearer(token));
    await gateway.put(`/api/accounts/${accountId}`, { name: 'only another name', ...rights }, bearer(token));
    await gateway.post(`/api/accounts/${accountId}/password`, {}, bearer(token));
    for (const change of ['disable', 'disable', 'enable']) await gateway.post(`/api/accounts/${accountId}/${change}`, {}, bearer(token));
    const types = ['account-created', 'account-rights-changed', 'account-password-set', 'account-disabled', 'account-enabled'];
    const events = (await gateway.recorded(...types)).filter(({ data }) => data.accountId === accountId);
    expect(events.map(({ type }) => type)).toEqual(types.map((type) => `operations-gateway.${type}.v1`));
    expect(new Set(events.map(({ metadata }) => metadata.actor.id))).toEqual(new Set([id]));
    const before = { roles: ['operator'], areaCodes: ['440305'], staffId: null };
    expect(events[1]?.data).toEqual({ accountId, ...rights, before, address: '127.0.0.1' });
    expect(events[2]?.data).toMatchObject({ isOneTime: true });
  });

  it('are changed by whoever saw them last: the second of two at once is told', async () => {
    const { token, answer } = await newAccount('contended');
    const { accountId, revision } = answer.body as { accountId: string; revision: number };
    const seen = { ...bearer(token), 'if-match': `"${String(revision)}"` };
    const rights = { name: 'contended', roles: ['evaluator'], areaCodes: ['440305'], staffId: null };
    expect(await gateway.put(`/api/accounts/${accountId}`, rights, seen)).toMatchObject({ status: 200, body: { revision: revision + 1 } });
    expect(await gateway.put(`/api/accounts/${accountId}`, { ...rights, roles: ['auditor'] }, seen)).toMatchObject({ status: 412, body: { code: 'REVISION_STALE' } });
    expect(await gateway.post(`/api/accounts/${accountId}/disable`, {}, seen)).toMatchObject({ status: 412 });
    expect(await gateway.post(`/api/accounts/${accountId}/password`, {}, seen)).toMatchObject({ status: 412 });
    const now = await gateway.request(`/api/accounts/${accountId}`, { headers: bearer(token) });
    expect(now).toMatchObject({ status: 200, body: { roles: ['evaluator'], disabled: false, revision: revision + 1 } });
  });

  it('keep all areas when they have them, and are never given them', async () => {
    const { token, answer } = await newAccount('narrow');
    const { body } = await gateway.request('/api/accounts', { headers: bearer(token) });
    const wide = (body.items as { accountId: string; username: string }[]).find(({ username }) => username === 'administrator');
    const rights = { name: 'named anew', roles: ['administrator'], areaCodes: ['*'], staffId: null };
    expect(await gateway.put(`/api/accounts/${wide?.accountId ?? ''}`, rights, bearer(token))).toMatchObject({ status: 200, body: { areaCodes: ['*'] } });
    const given = await gateway.put(`/api/accounts/${String(answer.body.accountId)}`, rights, bearer(token));
    expect(given).toMatchObject({ body: { code: 'VALIDATION_FAILED', errors: [{ path: 'areaCodes' }] } });
  });

  it('come with a password for one sign-in, shown once, at which the person chooses another', async () => {
    const { token, answer } = await newAccount('newcomer', { password: undefined });
    expect(answer).toMatchObject({ status: 201, body: { oneTime: true } });
    const given = String(answer.body.oneTimePassword);
    expect(given).toMatch(/^\w{5}(-\w{5}){3}$/);
    expect(await signIn('newcomer', given)).toMatchObject({ status: 403, body: { code: 'PASSWORD_CHANGE_REQUIRED' } });
    const choose = (newPassword: string) => gateway.post('/api/auth/login', { username: 'newcomer', password: given, newPassword });
    expect(await choose(given)).toMatchObject({ status: 422, body: { code: 'PASSWORD_UNCHANGED', errors: [{ path: 'newPassword' }] } });
    for (const [password, code] of [['short', 'PASSWORD_TOO_SHORT'], ['woaini1314520', 'PASSWORD_COMMON'], ['newcomer-and-more', 'PASSWORD_HAS_USERNAME']] as const) {
      expect(await choose(password)).toMatchObject({ status: 422, body: { code, errors: [{ path: 'newPassword' }] } });
    }
    const chosen = await choose('chosen-by-that-person');
    expect(chosen.status).toBe(200);
    expect((await gateway.request('/api/auth/me', { headers: bearer(String(chosen.body.accessToken)) })).status).toBe(200);
    expect(await signIn('newcomer', given)).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_WRONG' } });
    expect((await signIn('newcomer', 'chosen-by-that-person')).status).toBe(200);
    const list = await gateway.request('/api/accounts', { headers: bearer(token) });
    expect(list.body.items).toContainEqual(expect.objectContaining({ username: 'newcomer', oneTime: false }));
  });

  it.each([
    ['twelve blanks', '            ', 'PASSWORD_TOO_SHORT'],
    ['a short one', 'woaini1314', 'PASSWORD_TOO_SHORT'],
    ['a common one', 'woaini1314520', 'PASSWORD_COMMON'],
    ['one with the user name', 'Policy.Case-7-1949', 'PASSWORD_HAS_USERNAME'],
  ])('are given no password like %s, neither when they are made nor later', async (_, password, code) => {
    const refused = { status: 422, body: { code, errors: [{ path: 'password' }] } };
    expect((await newAccount('policy.case-7', { password })).answer).toMatchObject(refused);
    const { token } = await newAccount('policy.case-7');
    const path = `/api/accounts/${await idOf('policy.case-7', token)}/password`;
    expect(await gateway.post(path, { password }, bearer(token))).toMatchObject(refused);
  });

  it('take one password however a keyboard writes its letters, also one from before they did', async () => {
    const [typed, otherwise] = ['cafe\u0301 in the rain １２３', 'caf\u00e9 in the rain 123'];
    const { answer } = await newAccount('amelie', { password: typed });
    expect((await signIn('amelie', otherwise)).status).toBe(200);
    // As accounts were before.
    await gateway.sql('UPDATE accounts SET password_hash = $2 WHERE account_id = $1', [answer.body.accountId, await hash(typed)]);
    expect((await signIn('amelie', otherwise)).status).toBe(401);
    expect((await signIn('amelie', typed)).status).toBe(200);
    expect((await signIn('amelie', otherwise)).status).toBe(200);
  });

  it('keep what people made of them when the first accounts’ file is read again', async () => {
    const { token } = await gateway.signIn('security-administrator');
    const list = await gateway.request('/api/accounts', { headers: bearer(token) });
    const operator = (list.body.items as { accountId: string; username: string }[]).find(({ username }) => username === 'operator');
    const password = 'changed-by-a-person';
    await gateway.post(`/api/accounts/${operator?.accountId ?? ''}/password`, { password }, bearer(token));
    await gateway.restart();
    expect((await signIn('operator', password)).status).toBe(200);
  });
});
