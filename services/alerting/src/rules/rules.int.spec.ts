import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import { AREA, DEVICE, ELSEWHERE, hotRule, person, startAlerting, type AlertingUnderTest, type Answer } from '../alerting-service.fixture.js';

const admin = person('ada', 'administrator');
const operator = person('olga', 'operator');
let alerting: AlertingUnderTest;

beforeAll(async () => {
  alerting = await startAlerting();
  await alerting.furnish();
});
afterAll(() => alerting.stop());

const post = (body: unknown, headers?: Record<string, string>): Promise<Answer> =>
  alerting.call(admin, 'POST', '/api/rules', body, headers);

describe('a rule', () => {
  it('is defined with its defaults, read, changed and retired', async () => {
    const defined = await post(hotRule);
    expect(defined).toMatchObject({ status: 201, etag: '"0"', body: { ...hotRule, for: 'PT0S', openCase: null, state: 'active' } });
    const path = `/api/rules/${String(defined.body['ruleId'])}`;

    const changed = await alerting.call(admin, 'PUT', path, { ...hotRule, for: 'PT2M' }, { 'if-match': '"0"' });
    expect(changed).toMatchObject({ status: 200, etag: '"1"', body: { for: 'PT2M' } });
    const stale = await alerting.call(admin, 'PUT', path, { ...hotRule, for: 'PT9M' }, { 'if-match': '"0"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'REVISION_STALE' } });

    await eventually(async () => {
      const list = await alerting.call(operator, 'GET', '/api/rules');
      expect(list.body.items).toEqual([expect.objectContaining({ ruleId: defined.body['ruleId'], for: 'PT2M' })]);
    });
    expect(await alerting.call(admin, 'DELETE', path)).toMatchObject({ status: 200, body: { state: 'retired' } });
    expect(await alerting.call(operator, 'GET', path)).toMatchObject({ status: 200, body: { state: 'retired', for: 'PT2M' } });
    expect(await alerting.call(admin, 'PUT', path, hotRule)).toMatchObject({ status: 409, body: { code: 'RULE_RETIRED' } });
  });

  it('sent twice with one Idempotency-Key is one rule', async () => {
    const headers = { 'idempotency-key': 'twice' };
    const [first, second] = [await post(hotRule, headers), await post(hotRule, headers)];
    expect(second).toMatchObject({ status: 201, body: { ruleId: first.body['ruleId'], revision: 0 } });
    const other = await post({ ...hotRule, severity: 'MINOR' }, headers);
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('is written by an administrator alone', async () => {
    const refused = await alerting.call(operator, 'POST', '/api/rules', hotRule);
    expect(refused).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect(await alerting.call(person('gus', 'grid-worker'), 'GET', '/api/rules')).toMatchObject({ status: 403 });
  });

  it('that does not exist is not found', async () => {
    expect(await alerting.call(operator, 'GET', `/api/rules/${DEVICE}`)).toMatchObject({ status: 404, body: { code: 'RULE_UNKNOWN' } });
  });
});

describe('a rule and the areas of the caller', () => {
  const everywhere = person('all', 'administrator', '*');
  const stranger = person('sten', 'administrator', ELSEWHERE);
  const worker = person('liu', 'operator', `${AREA}001`);
  const define = async (who: typeof admin, scope: object) => alerting.call(who, 'POST', '/api/rules', { ...hotRule, scope });
  const outOfScope = (path: string) => ({ status: 403, body: { code: 'AREA_OUT_OF_SCOPE', errors: [{ path }] } });
  const listed = async (who: typeof admin) => (await alerting.call(who, 'GET', '/api/rules?limit=500')).body.items?.map(({ ruleId }) => ruleId);

  it('is refused where it would act outside them', async () => {
    expect(await define(stranger, { kind: 'temperature', areaCode: AREA })).toMatchObject(outOfScope('scope.areaCode'));
    expect(await define(admin, { kind: 'temperature' })).toMatchObject(outOfScope('scope.areaCode'));
    // As of a device that there is not, word by word but for the id.
    const nobody = '018f0000-0000-7000-8000-00000000dead';
    const [outside, unknown] = [await define(stranger, { deviceIds: [DEVICE] }), await define(stranger, { deviceIds: [nobody] })];
    expect(unknown).toMatchObject({ status: 422, body: { code: 'DEVICE_UNKNOWN', errors: [{ path: 'scope.deviceIds.0' }] } });
    expect([outside.status, JSON.stringify(outside.body).replaceAll(DEVICE, nobody)]).toEqual([422, JSON.stringify(unknown.body)]);
    expect(await define(everywhere, { kind: 'temperature' })).toMatchObject({ status: 201 });
  });

  it.each([
    ['an area', { kind: 'temperature', areaCode: AREA }],
    ['devices', { deviceIds: [DEVICE] }],
  ])('for %s is neither shown, changed nor retired from another area', async (_, scope) => {
    const ruleId = String((await define(admin, scope)).body['ruleId']);
    const path = `/api/rules/${ruleId}`;
    await eventually(async () => expect(await listed(admin)).toContain(ruleId));
    expect(await listed(stranger)).not.toContain(ruleId);
    const asked = async (where: string) => [
      await alerting.call(stranger, 'GET', where),
      await alerting.call(stranger, 'PUT', where, { ...hotRule, scope: { kind: 'temperature', areaCode: ELSEWHERE } }),
      await alerting.call(stranger, 'DELETE', where),
    ];
    const unknown = await asked('/api/rules/018f0000-0000-7000-8000-00000000dead');
    for (const answer of unknown) expect(answer).toMatchObject({ status: 404, body: { code: 'RULE_UNKNOWN' } });
    expect(await asked(path)).toEqual(unknown);
    expect(await alerting.call(admin, 'GET', path)).toMatchObject({ status: 200, body: { state: 'active', revision: 0 } });
  });

  it('for an area or for all is shown to those below, too', async () => {
    const [above, everything] = [await define(admin, { kind: 'temperature', areaCode: AREA }), await define(everywhere, { kind: 'smoke' })];
    const ruleIds = [above.body['ruleId'], everything.body['ruleId']];
    await eventually(async () => expect(await listed(worker)).toEqual(expect.arrayContaining(ruleIds)));
    for (const ruleId of ruleIds) expect(await alerting.call(worker, 'GET', `/api/rules/${String(ruleId)}`)).toMatchObject({ status: 200 });
  });
});

describe('a bad rule is refused with its code and the path', () => {
  const stranger = '018f0000-0000-7000-8000-00000000dead';
  const list = `[${Array.from({ length: 80 }, (_, index) => String(index)).join(',')}]`;
  const tooLong = `${list}.exists(x, ${list}.exists(y, x + y == reading.temperature))`;

  it.each([
    ['that does not compile', { when: 'reading.temperature >' }, 422, 'RULE_EXPRESSION_INVALID', 'when'],
    ['whose clearWhen does not compile', { clearWhen: 'reading..t < 1' }, 422, 'RULE_EXPRESSION_INVALID', 'clearWhen'],
    ['that refers to nothing', { when: 'weather.rain > 1' }, 422, 'RULE_REFERENCE_UNKNOWN', 'when'],
    ['with an unknown field', { when: 'device.owner == "x"' }, 422, 'RULE_REFERENCE_UNKNOWN', 'when'],
    ['with an unknown function', { clearWhen: 'median("t", "PT1M") > 1.0' }, 422, 'RULE_REFERENCE_UNKNOWN', 'clearWhen'],
    ['that is no question', { when: 'reading.temperature' }, 422, 'RULE_NOT_BOOLEAN', 'when'],
    ['that takes too long', { when: tooLong }, 422, 'RULE_OVER_BUDGET', 'when'],
    ['over an unknown area', { scope: { kind: 'temperature', areaCode: '110101' } }, 422, 'AREA_UNKNOWN', 'scope.areaCode'],
    ['over an unknown device', { scope: { deviceIds: [DEVICE, stranger] } }, 422, 'DEVICE_UNKNOWN', 'scope.deviceIds.1'],
    ['with a severity that does not exist', { severity: 'LOUD' }, 400, 'VALIDATION_FAILED', 'severity'],
    ['with a duration that is none', { for: '2 minutes' }, 400, 'VALIDATION_FAILED', 'for'],
  ] as const)('%s', async (_, part, status, code, path) => {
    const answer = await post({ ...hotRule, ...part });
    expect({ status: answer.status, code: answer.body.code, path: answer.body.errors?.[0]?.path }).toEqual({ status, code, path });
  });

  it('and changes nothing', async () => {
    const before = await alerting.call(admin, 'GET', '/api/rules');
    await post({ ...hotRule, when: 'reading.temperature >' });
    expect((await alerting.call(admin, 'GET', '/api/rules')).body.items).toEqual(before.body.items);
  });

  it('unless what it names was registered a moment ago', async () => {
    expect(await post({ ...hotRule, scope: { deviceIds: [DEVICE] } })).toMatchObject({ status: 201 });
    expect(await post({ ...hotRule, scope: { kind: 'smoke', areaCode: AREA } })).toMatchObject({ status: 201 });
  });
});
