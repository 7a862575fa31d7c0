import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessTableOf, askEveryRoute } from '@brain/testing/access';
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
});
