// Everything `npm test` checks, and one line at the end that adds it up.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { failuresOf } from './test-failures.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const nx = path.join(root, 'node_modules/nx/dist/bin/nx.js');
const TIERS = ['test', 'int', 'e2e'];

const checks = [
  { name: 'Lint and type check', targets: ['lint', 'typecheck'] },
  { name: 'Build', targets: ['build'] },
  { name: 'Unit tests', targets: ['test'] },
  { name: 'Integration tests', targets: ['int'] },
  { name: 'End-to-end tests', targets: ['e2e'] },
];

const broken = [];
for (const check of checks) {
  console.log(`\n— ${check.name} —`);
  const args = [nx, 'run-many', '-t', ...check.targets, '--outputStyle=static', '--parallel=2'];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  });
  if (status !== 0) broken.push(check.name);
}

const sum = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
for (const file of reports()) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  sum.passed += report.numPassedTests;
  sum.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  sum.skipped += report.numPendingTests + report.numTodoTests;
  failures.push(...failuresOf(report));
}
// A check that failed without a failing test (lint, types, build, a crashed runner) counts as one failure.
if (sum.failed === 0) sum.failed = broken.length;
if (sum.passed === 0) sum.failed += 1;
// Named last, where the end of a long output still shows them.
for (const name of broken) console.log(`\nFailed: ${name}`);
for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exit(sum.failed === 0 ? 0 : 1);

function reports() {
  return ['libs', 'services', 'dashboards', 'infra', 'test'].flatMap((group) =>
    folders(path.join(root, group)).flatMap((project) =>
      TIERS.map((tier) => path.join(project, `.cache/test-report.${tier}.json`)).filter((file) => existsSync(file)),
    ),
  );
}

function folders(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [path.join(dir, entry.name)] : []));
}
