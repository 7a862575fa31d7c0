import { describe, expect, it } from '@jest/globals';
import { MASTER_KEY } from '@brain/testing';
import { accessTableOf, routesOf } from '@brain/testing/access';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';

describe('the routes of audit', () => {
  it('say who may call them, each as the access table does', () => {
    const config = loadConfig({
      AUDIT_DATABASE_URL: 'postgres://nowhere',
      AUDIT_LOG_FOLDER: 'none',
      AUDIT_LOG_KEY_FILE: 'none',
      BRAIN_AUTH_JWKS_FILE: 'none',
      BRAIN_MASTER_KEY: MASTER_KEY,
    });
    expect(routesOf(AppModule.with(config))).toEqual(accessTableOf('audit'));
  });
});
