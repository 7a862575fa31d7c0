import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessTableOf, askEveryRoute, openInOtherSpellings } from '@brain/testing/access';
import { RunningService } from './int/running-service.fixture.js';

describe('the routes of case-management', () => {
  let service: RunningService;

  beforeAll(async () => {
    service = await RunningService.start();
  });
  afterAll(() => service.stop());

  it('let in whom the access table says, and nobody else', async () => {
    const table = accessTableOf('case-management');
    expect(await askEveryRoute(service, table)).toEqual(table);
  });

  it('have no other spelling that lets somebody in who is not signed in', async () => {
    expect(await openInOtherSpellings(service, accessTableOf('case-management'))).toEqual([]);
  });
});
