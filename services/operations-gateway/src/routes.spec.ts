import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createSigningKeys } from '@brain/auth';
import { MASTER_KEY, tempDir } from '@brain/testing';
import { accessTableOf, routesOf } from '@brain/testing/access';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';

describe('the routes of operations-gateway', () => {
  it('say who may call them, each as the access table does', async () => {
    const [folder, { privateJwk }] = await Promise.all([tempDir(), createSigningKeys()]);
    const keyFile = join(folder.path, 'signing.json');
    await writeFile(keyFile, JSON.stringify(privateJwk));
    const config = loadConfig({
      GATEWAY_DATABASE_URL: 'postgres://nowhere',
      GATEWAY_SIGNING_KEY_FILE: keyFile,
      BRAIN_AUTH_JWKS_FILE: 'none',
      BRAIN_MASTER_KEY: MASTER_KEY,
    });
    await folder.remove();
    expect(routesOf(AppModule.with(config))).toEqual(accessTableOf('operations-gateway'));
  });
});
