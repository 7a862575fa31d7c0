// `npm test -- [project …]`: every check in order, how long each took, and one line at the end that adds it up.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { runJestTier } from './test-run/jest-tier.mjs';
import { haveTests, listProjects, selectProjects } from './test-run/projects.mjs';
import { summaryLines, totals } from './test-run/summary.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const projects = listProjects(root);
const { selected, unknown } = selectProjects(projects, process.argv.slice(2));
if (unknown.length > 0) {
  console.error(`There is no project ${unknown.join(', ')}.\nusage: npm test -- [${projects.map(({ folder }) => folder).join('|')} …]`);
  process.exit(1);
}
const isAll = selected.length === projects.length;
/** What starts services as processes of their own needs them built. */
const needsBuild = isAll || selected.some(({ folder }) => folder.startsWith('test/') || folder.startsWith('infra/'));

const tiers = [
  { name: 'Check', run: check },
  ...(needsBuild ? [{ name: 'Build', run: () => nx(['-t', 'build']) }] : []),
  ...jestTier('Unit', 'test', 2),
  ...jestTier('Integration', 'int', 1),
  ...jestTier('End-to-end', 'e2e', 1),
];

const reports = [];
for (const { name, run, needs = '' } of tiers) {
  console.log(`\n— ${name} —`);
  const started = performance.now();
  const isPossible = reports.every((report) => report.name !== needs || report.problem === null);
  const { files = [], problem } = isPossible ? await run() : { problem: `not run, because of ${needs}` };
  reports.push({ name, files, problem, seconds: (performance.now() - started) / 1000 });
}
console.log(summaryLines(reports, root).join('\n'));
process.exit(totals(reports).failed === 0 ? 0 : 1);

function check() {
  return nx(['-t', 'lint', 'typecheck', ...(isAll ? [] : [`--projects=${selected.map(({ packageName }) => packageName).join(',')}`])]);
}

/** Nx leaves alone what has not changed. */
function nx(args) {
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/nx/dist/bin/nx.js'), 'run-many', ...args, '--outputStyle=static', '--parallel=2'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  });
  return { problem: status === 0 ? null : 'failed: see its lines above' };
}

function jestTier(name, tier, workers) {
  if (!haveTests(root, selected, tier)) return [];
  const paths = isAll ? [] : selected.map(({ folder }) => `/${folder}/src/`);
  return [{ name, needs: tier === 'e2e' ? 'Build' : undefined, run: () => runJestTier({ root, tier, workers, paths }) }];
}
