import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDir, type TempDir } from '@brain/testing';
import { newestNode } from './newest-node.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const JEST = createRequire(path.join(ROOT, 'package.json')).resolve('jest/bin/jest');
const UNIT_LIMIT_MS = 15 * 60_000;
const PRODUCT_LIMIT_MS = 5 * 60_000;

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly { readonly name: string; readonly message: string }[];
}

describe('the newest Node', () => {
  let node: Awaited<ReturnType<typeof newestNode>>;
  let folder: TempDir;
  beforeAll(async () => {
    folder = await tempDir();
    node = await newestNode();
  });
  afterAll(() => folder.remove());

  /** A tier under that Node, with all that it starts; what failed is in the report. */
  const tier = async (name: string, ...paths: string[]): Promise<Report> => {
    const report = path.join(folder.path, `${name}.json`);
    const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', JEST, '--ci', '--maxWorkers=2', '--json', `--outputFile=${report}`, '--', ...paths];
    const child = spawn(node.program, args, {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { ...withoutJest(process.env), BRAIN_TEST_TIER: name },
    });
    await once(child, 'exit');
    return JSON.parse(await readFile(report, 'utf8')) as Report;
  };
  const failuresOf = ({ testResults }: Report) => testResults.flatMap(({ name, message }) => (message === '' ? [] : [`${name}\n${message}`]));

  it('passes every unit test', async () => {
    const report = await tier('test');
    expect(failuresOf(report)).toEqual([]);
    expect(report.numPassedTests).toBeGreaterThan(2_000);
  }, UNIT_LIMIT_MS);

  it('runs the product, from a reading to a closed case', async () => {
    const report = await tier('e2e', '/test/e2e/src/way-through.e2e.spec.ts$');
    expect(failuresOf(report)).toEqual([]);
    expect(report.numPassedTests).toBeGreaterThan(10);
  }, PRODUCT_LIMIT_MS);
});

/** What our own Jest has set for itself and those that it starts. */
function withoutJest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !['JEST_WORKER_ID', 'NODE_ENV', 'BRAIN_TEST_REPORT'].includes(name)));
}
