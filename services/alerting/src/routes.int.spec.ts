import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessTableOf, askEveryRoute, openInOtherSpellings } from '@brain/testing/access';
import { startAlerting, type AlertingUnderTest } from './alerting-service.fixture.js';

describe('the routes of alerting', () => {
  let alerting: AlertingUnderTest;

  beforeAll(async () => {
    alerting = await startAlerting();
  });
  afterAll(() => alerting.stop());

  it('let in whom the access table says, and nobody else', async () => {
    const table = accessTableOf('alerting');
    expect(await askEveryRoute(await alerting.asked(), table)).toEqual(table);
  });

  it('have no other spelling that lets somebody in who is not signed in', async () => {
    expect(await openInOtherSpellings(await alerting.asked(), accessTableOf('alerting'))).toEqual([]);
  });
});
