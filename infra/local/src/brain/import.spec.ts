import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDir, type TempDir } from '@brain/testing';
import { ApiRefusal, type RequestOptions } from '../api/api-client.js';
import { keepTokens } from './device-tokens.js';
import { importRules } from './import-rules.js';

describe('importing from the command line', () => {
  let folder: TempDir;
  beforeAll(async () => {
    folder = await tempDir();
  });
  afterAll(() => folder.remove());

  it('takes the good rules of a list and names the bad ones by their place', async () => {
    const file = path.join(folder.path, 'rules.json');
    writeFileSync(file, JSON.stringify([{ name: 'good' }, { name: 'bad' }, { name: 'taken' }, 'nonsense']));
    const keys: unknown[] = [];
    const client = {
      post<T>(_path: string, body: unknown, options?: RequestOptions): Promise<T> {
        keys.push(options?.headers?.['idempotency-key']);
        const text = JSON.stringify(body);
        if (text.includes('bad')) return Promise.reject(new ApiRefusal(422, { code: 'RULE_EXPRESSION_INVALID', errors: [{ path: 'when', message: 'is cut' }] }));
        if (text.includes('taken')) return Promise.reject(new ApiRefusal(422, { code: 'IDEMPOTENCY_KEY_REUSED' }));
        if (text.includes('nonsense')) return Promise.reject(new ApiRefusal(400, { code: 'VALIDATION_FAILED', detail: 'no rule' }));
        return Promise.resolve({} as T);
      },
    };
    expect(await importRules(client, file)).toMatchObject({
      imported: 1,
      refused: [
        { index: 1, code: 'RULE_EXPRESSION_INVALID', path: 'when', message: 'is cut' },
        { index: 2, code: 'RULE_NAME_TAKEN', path: 'name' },
        { index: 3, code: 'VALIDATION_FAILED', message: 'no rule' },
      ],
    });
    expect(keys[0]).toBe(`import-${Buffer.from('good').toString('base64url')}`);
  });

  it('keeps the tokens of new devices where only this user can read them', () => {
    const devices = [
      { deviceId: 'one', name: '1栋 "A"', accessToken: 'first-token' },
      { deviceId: 'two', name: 'known', accessToken: null },
    ];
    const said = keepTokens(path.join(folder.path, 'devices.csv'), devices);
    expect(said).not.toContain('first-token');
    const file = said.slice(said.indexOf(folder.path));
    expect(readFileSync(file, 'utf8')).toBe('deviceId,name,accessToken\none,"1栋 ""A""",first-token\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('writes no file when no device is new', () => {
    expect(keepTokens('/nowhere/devices.csv', [{ deviceId: 'two', name: 'known', accessToken: null }])).toContain('first time only');
  });
});
