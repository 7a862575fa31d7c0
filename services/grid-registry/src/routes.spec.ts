import { describe, expect, it } from '@jest/globals';
import { MASTER_KEY } from '@brain/testing';
import { accessTableOf, routesOf } from '@brain/testing/access';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';

describe('the routes of grid-registry', () => {
  it('say who may call them, each as the access table does', () => {
    const config = loadConfig({
      GRID_DATABASE_URL: 'postgres://nowhere',
      BRAIN_AUTH_JWKS_FILE: 'none',
      BRAIN_MASTER_KEY: MASTER_KEY,
    });
    expect(routesOf(AppModule.with(config))).toEqual(accessTableOf('grid-registry'));
  });
});
