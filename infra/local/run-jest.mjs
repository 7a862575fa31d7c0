// Runs one tier of a project's tests and leaves a report that the whole run adds up.
// usage, from a project folder: node ../../infra/local/run-jest.mjs <test|int|e2e> [jest arguments]
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const [tier = 'test', ...rest] = process.argv.slice(2);
mkdirSync('.cache', { recursive: true });
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--passWithNoTests',
    '--json',
    `--outputFile=./.cache/test-report.${tier}.json`,
    ...(tier === 'test' ? [] : ['--runInBand']),
    ...rest,
  ],
  { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, BRAIN_TEST_TIER: tier } },
);
process.exit(status ?? 1);
