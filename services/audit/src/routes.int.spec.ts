import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessTableOf, askEveryRoute, openInOtherSpellings } from '@brain/testing/access';
import { AuditUnderTest } from './audit-under-test.fixture.js';

describe('the routes of audit', () => {
  let audit: AuditUnderTest;

  beforeAll(async () => {
    audit = await AuditUnderTest.start();
  });
  afterAll(() => audit.stop());

  it('let in whom the access table says, and nobody else', async () => {
    const table = accessTableOf('audit');
    expect(await askEveryRoute({ url: await audit.url(), authorizationOf: (role) => audit.authorization({ roles: [role], areaCodes: ['440305'] }) }, table)).toEqual(table);
  });

  it('have no other spelling that lets somebody in who is not signed in', async () => {
    expect(await openInOtherSpellings({ url: await audit.url() }, accessTableOf('audit'))).toEqual([]);
  });
});
