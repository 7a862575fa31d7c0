// `npm run test:engines -- [engine …] [--url URL]`: conformance against the real engines, and faults.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { failuresOf } from './test-failures.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const conformance = path.join(root, 'test/conformance');
/** A folder of test/conformance/src is an engine when it has an engine spec. */
const engines = readdirSync(path.join(conformance, 'src')).filter((name) =>
  readdirSync(path.join(conformance, 'src', name)).some((file) => file.endsWith('.engine.spec.ts')),
);

const { wanted, url } = readArguments(process.argv.slice(2));
const report = path.join(conformance, '.cache/test-report.engine.json');
const sum = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

for (const engine of wanted) {
  console.log(`\n— ${engine} —`);
  rmSync(report, { force: true });
  // What passes ends by itself; a product that could not start leaves clients behind that try for ever.
  const args = [path.join(root, 'infra/local/run-jest.mjs'), 'engine', `src/${engine}/`, '--forceExit'];
  const { status } = spawnSync(process.execPath, args, {
    cwd: conformance,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...(url === undefined ? {} : { BRAIN_ENGINE_URL: url }) },
  });
  add(engine, status);
}

// Named last, where the end of a long output still shows them.
for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);

function add(engine, status) {
  if (!existsSync(report)) {
    sum.failed += 1;
    failures.push(`${engine}: ended without a report`);
    return;
  }
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  sum.passed += counts.numPassedTests;
  sum.failed += status !== 0 && failed === 0 ? 1 : failed;
  failures.push(...failuresOf(counts));
  if (status !== 0 && failed === 0) failures.push(`${engine}: ended with ${status}`);
  sum.skipped += counts.numPendingTests + counts.numTodoTests;
}

function readArguments(args) {
  if (args.includes('--help')) stop(usage(), 0);
  const at = args.indexOf('--url');
  const url = at === -1 ? undefined : args[at + 1];
  const names = args.filter((_, index) => at === -1 || (index !== at && index !== at + 1));
  const unknown = names.find((name) => !engines.includes(name));
  if (unknown !== undefined) stop(`There is no engine ${unknown}.\n${usage()}`, 1);
  if (at !== -1 && (url === undefined || names.length !== 1)) stop(`--url needs an address, and the one engine that is there.\n${usage()}`, 1);
  return { wanted: names.length === 0 ? engines : names, url };
}

function usage() {
  return `usage: npm run test:engines -- [${engines.join('|')} …] [--url URL]`;
}

function stop(line, code) {
  (code === 0 ? console.log : console.error)(line);
  process.exit(code);
}
