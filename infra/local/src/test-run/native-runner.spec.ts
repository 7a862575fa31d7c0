import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runJestTier } from '../../test-run/jest-tier.mjs';
import { failuresOf } from '../../test-run/summary.mjs';

const RUNNER = path.join(import.meta.dirname, '../../test-run/native/runner.mjs');
const CLOSERS = pathToFileURL(path.join(import.meta.dirname, '../../../../libs/testing/src/closers.ts')).href;
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Runs a Jest of its own over these files of tests. */
async function run(sources: Readonly<Record<string, string>>, workers = 1) {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'native-runner-')));
  folders.push(root);
  mkdirSync(path.join(root, 'src'));
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(path.join(root, 'jest.config.mjs'), `export default { testMatch: ['**/*.spec.ts'], transform: {}, runner: ${JSON.stringify(RUNNER)} };`);
  const head = `import http from 'node:http';\nimport { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';\nimport { setUp } from ${JSON.stringify(CLOSERS)};\n`;
  for (const [name, source] of Object.entries(sources)) writeFileSync(path.join(root, 'src', name), head + source);
  const { files, problem } = await runJestTier({ root, tier: 'test', paths: [], workers, isQuiet: true, graceMs: 10_000 });
  return { root, problem, files: files.toSorted((one, other) => (one.file < other.file ? -1 : 1)) };
}

describe('the runner of integration tests', () => {
  it('runs TypeScript, each table row and hook, and reports what passed, failed and was left out', async () => {
    const { files, problem } = await run({
      'a.spec.ts': `
        let opened: string[] = [];
        beforeAll(() => { opened.push('yes'); });
        describe('a group', () => {
          it.each([[1, 2], [2, 3]])('adds one to %i', (from: number, to: number) => expect(from + 1).toBe(to));
          it('fails', () => expect(opened).toEqual([]));
          it.skip('is left out', () => undefined);
        });`,
      'b.spec.ts': `this is no program`,
    });
    expect(problem).toBeNull();
    expect(files).toMatchObject([
      {
        ...{ passed: 2, failed: 1, skipped: 1, problem: null },
        tests: [{ groups: ['a group'], title: 'adds one to 1' }, { title: 'adds one to 2' }, { title: 'fails', status: 'failed' }, { title: 'is left out' }],
      },
      { passed: 0, failed: 0, problem: expect.stringContaining('Error') },
    ]);
  });

  it('names a set-up that failed once, and leaves nothing of it listening', async () => {
    const { root, files, problem } = await run({
      'a.spec.ts': `
        let service: { stop(): Promise<void> };
        const listening = () => new Promise<http.Server>((resolve) => { const server = http.createServer().listen(0, '127.0.0.1', () => resolve(server)); });
        const close = (server: http.Server) => new Promise((resolve) => server.close(resolve));
        beforeAll(async () => {
          await setUp((closers) => closers.use(listening(), close));
          service = await setUp(async (closers) => {
            await closers.use(listening(), close);
            throw new Error('no such binary');
          });
        });
        afterAll(() => service.stop());
        it('asks', () => undefined);
        it('asks again', () => undefined);`,
    });
    expect(problem).toBeNull();
    expect(files).toMatchObject([{ passed: 0, failed: 2, problem: null }]);
    const told = files.flatMap((file) => failuresOf(file, root));
    expect(told).toEqual([expect.stringMatching(/^src\/a\.spec\.ts: could not be set up, so none of its 2 tests ran\n[^]*no such binary/)]);
  });

  it('fails the test that runs when something fails that nobody awaits', async () => {
    const { files } = await run({
      'a.spec.ts': `it('goes on', async () => { void Promise.reject(new Error('left alone')); await new Promise((resolve) => setTimeout(resolve, 20)); });`,
    });
    expect(files).toMatchObject([{ failed: 1, tests: [{ messages: [expect.stringContaining('left alone')] }] }]);
  });

  it('restores what a file spied on, and keeps files in two processes apart', async () => {
    const spec = `it('sees the clock', () => { expect(Date.now()).toBeGreaterThan(5); jest.spyOn(Date, 'now').mockReturnValue(1); });`;
    const { files, problem } = await run({ 'a.spec.ts': spec, 'b.spec.ts': spec, 'c.spec.ts': spec }, 2);
    expect(problem).toBeNull();
    expect(files.map(({ passed }) => passed)).toEqual([1, 1, 1]);
  });
});
