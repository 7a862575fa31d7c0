import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runJestTier } from '../../test-run/jest-tier.mjs';

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Runs a Jest of its own over one file of tests. */
function run(source: string, { config = {}, ...times }: { config?: object; graceMs?: number; silenceMs?: number } = {}) {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'jest-tier-')));
  folders.push(root);
  mkdirSync(path.join(root, 'src'));
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(path.join(root, 'jest.config.mjs'), `export default ${JSON.stringify({ testMatch: ['**/*.spec.js'], transform: {}, ...config })};`);
  writeFileSync(path.join(root, 'no-server.mjs'), `export default () => { throw new Error('no server'); };`);
  writeFileSync(path.join(root, 'src/a.spec.js'), `import http from 'node:http';\n${source}`);
  return runJestTier({ root, tier: 'test', paths: [], workers: 1, isQuiet: true, ...times });
}

describe('runJestTier', () => {
  it('reports the tests of each file', async () => {
    const { files, problem } = await run(`it('passes', () => undefined); it('fails', () => { throw new Error('no'); });`);
    expect(problem).toBeNull();
    expect(files).toMatchObject([{ passed: 1, failed: 1, problem: null, tests: [{ title: 'passes' }, { title: 'fails', status: 'failed' }] }]);
  });

  it('reports a file that cannot be loaded as a problem of that file', async () => {
    const { files, problem } = await run('this is no program');
    expect(problem).toBeNull();
    expect(files).toMatchObject([{ passed: 0, failed: 0, problem: expect.stringContaining('SyntaxError') }]);
  });

  it('reports what fails after the tests as a problem of that file', async () => {
    const { files } = await run(`afterAll(() => { throw new Error('never opened'); }); it('passes', () => undefined);`);
    expect(files).toMatchObject([{ passed: 1, failed: 0, problem: expect.stringContaining('never opened') }]);
  });

  it('says why the set-up of the whole tier failed', async () => {
    const { files, problem } = await run(`it('passes', () => undefined);`, { config: { globalSetup: './no-server.mjs' } });
    expect(files).toEqual([]);
    expect(problem).toMatch(/^ended with 1 before it had reported all its files\n[^]*no server/);
  });

  it('ends a Jest that has reported and does not end by itself, and keeps its counts', async () => {
    const { files, problem } = await run(`it('leaves a server', () => new Promise((done) => http.createServer().listen(0, '127.0.0.1', done)));`, { graceMs: 500 });
    expect(problem).toMatch(/^reported all its files, but had not ended .*was killed\)$/);
    expect(files).toMatchObject([{ passed: 1, failed: 0 }]);
  });

  it('ends a Jest that reports nothing for long', async () => {
    const { problem } = await run(`it('hangs', () => new Promise(() => undefined), 100_000);`, { silenceMs: 2_000 });
    expect(problem).toMatch(/^reported nothing for 2 s .*was killed\)$/);
  });
});
