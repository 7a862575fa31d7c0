import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventually, freePort, MASTER_KEY, tempDir } from '@brain/testing';

const AUDIT = path.resolve(import.meta.dirname, '../../../services/audit/dist/main.js');

describe('a service whose database has not come yet', () => {
  it('says at its door what is missing, and ends with its supervisor', async () => {
    const [httpPort, noDatabase, dir] = [await freePort(), await freePort(), await tempDir()];
    const jwks = path.join(dir.path, 'jwks.json');
    await writeFile(jwks, '{"keys":[]}');
    const child = fork(AUDIT, {
      silent: true,
      env: {
        ...process.env,
        AUDIT_HTTP_PORT: String(httpPort),
        AUDIT_DATABASE_URL: `postgres://nobody:x@127.0.0.1:${String(noDatabase)}/brain`,
        AUDIT_LOG_FOLDER: path.join(dir.path, 'log'),
        AUDIT_LOG_KEY_FILE: path.join(dir.path, 'log.key'),
        BRAIN_AUTH_JWKS_FILE: jwks,
        BRAIN_MASTER_KEY: MASTER_KEY,
      },
    });
    const ended = once(child, 'exit');
    await eventually(async () => {
      const response = await fetch(`http://127.0.0.1:${String(httpPort)}/readyz`);
      expect({ status: response.status, body: (await response.json()) as unknown }).toMatchObject({
        status: 503,
        body: { ready: false, checks: { database: { ready: false, detail: `connect ECONNREFUSED 127.0.0.1:${String(noDatabase)}` } } },
      });
    });
    child.disconnect();
    expect(await ended).toEqual([1, null]);
    await dir.remove();
  });
});
