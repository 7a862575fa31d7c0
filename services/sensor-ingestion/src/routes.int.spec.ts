import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessTableOf, askEveryRoute, openInOtherSpellings } from '@brain/testing/access';
import { runServiceForTest, type RunningService } from './service.fixture.js';

describe('the routes of sensor-ingestion', () => {
  let service: RunningService;

  beforeAll(async () => {
    service = await runServiceForTest();
  });
  afterAll(() => service.close());

  it('let in whom the access table says, and nobody else', async () => {
    const table = accessTableOf('sensor-ingestion');
    expect(await askEveryRoute(service.asked, table)).toEqual(table);
  });

  it('have no other spelling that lets somebody in who is not signed in', async () => {
    expect(await openInOtherSpellings(service.asked, accessTableOf('sensor-ingestion'))).toEqual([]);
  });
});
