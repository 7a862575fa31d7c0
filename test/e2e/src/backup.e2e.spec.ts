import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, tempDir, type TempDir } from '@brain/testing';
import { importAreas, registerDevice } from './district.js';
import { startProduct, type RunningProduct } from './running-product.js';

describe('a backup of the running product', () => {
  let dir: TempDir;
  let product: RunningProduct;
  const at = (name: string) => path.join(dir.path, name);

  beforeAll(async () => {
    dir = await tempDir();
    await mkdir(at('data'));
    await writeFile(at('passphrase'), 'kept in the safe\n');
    product = await startProduct({ dataDir: at('data') });
    await importAreas(product.as('administrator'));
  });
  afterAll(async () => {
    await product.stop();
    await dir.remove();
  });

  const devices = async () => (await product.as('administrator').get<{ items: { name: string }[] }>('/api/devices?limit=500')).items.map(({ name }) => name).sort();
  const register = (...names: string[]) => Promise.all(names.map((name) => registerDevice(product.as('administrator'), name)));
  const verify = (...more: string[]) => product.brain('verify', `${product.url}/api/audit/log`, '--vkey', at('log.vkey'), '--checkpoint', at('kept'), ...more);
  const brain = (...words: string[]) => product.brain(...words, '--passphrase-file', at('passphrase'));

  it('is restored into an empty folder, and its log continues the checkpoint that was kept', async () => {
    await register('before 1', 'before 2');
    await writeFile(at('log.vkey'), await (await fetch(`${product.url}/api/audit/log/vkey`)).text());
    await eventually(async () => expect(await verify('--keep')).toMatchObject({ code: 0 }));

    const writing = register('during 1', 'during 2', 'during 3');
    expect(await brain('backup', at('copy'))).toMatchObject({ code: 0, output: expect.stringContaining('Keep keys.sealed apart') });
    await writing;
    await register('after');
    await product.stop();

    const refused = await brain('restore', at('copy'));
    expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/^FOLDER_NOT_EMPTY: [^\n]*\n$/m) });
    const into = ['--data', at('restored'), 'restore', at('copy')];
    expect(await brain(...into)).toMatchObject({ code: 0, output: expect.stringContaining('Restored into') });

    product = await startProduct({ dataDir: at('restored') });
    const known = await devices();
    expect(known).toEqual(expect.arrayContaining(['before 1', 'before 2']));
    expect(known).not.toContain('after');
    await register('after the restore');
    await eventually(async () => expect(await verify()).toMatchObject({ code: 0, output: expect.stringContaining('PROVEN') }), { timeoutMs: 60_000 });
  });
});
