import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessTableOf, askEveryRoute, openInOtherSpellings } from '@brain/testing/access';
import { startGridRegistry, type GridRegistryUnderTest } from './grid-registry-service.fixture.js';

describe('the routes of grid-registry', () => {
  let registry: GridRegistryUnderTest;

  beforeAll(async () => {
    registry = await startGridRegistry();
  });
  afterAll(() => registry.stop());

  it('let in whom the access table says, and nobody else', async () => {
    const table = accessTableOf('grid-registry');
    expect(await askEveryRoute(await registry.asked(), table)).toEqual(table);
  });

  it('have no other spelling that lets somebody in who is not signed in', async () => {
    expect(await openInOtherSpellings(await registry.asked(), accessTableOf('grid-registry'))).toEqual([]);
  });
});
