// @ts-check
// `npm test -- [project …]`: every check in order, how long each took, and one line at the end that adds it up.
// `npm run check -- [project …]`: types, lint and boundaries alone.
import path from 'node:path';
import { build } from './build.mjs';
import { check } from './test-run/check.mjs';
import { runJestTier } from './test-run/jest-tier.mjs';
import { haveTests, listProjects, selectProjects } from './test-run/projects.mjs';
import { summaryLines, totals } from './test-run/summary.mjs';

/**
 * @typedef {import('./test-run/summary.mjs').FileReport} FileReport
 * @typedef {{ files?: readonly FileReport[], problem: string | null }} Outcome
 * @typedef {{ name: string, run: () => Outcome | Promise<Outcome>, needs?: string }} Tier
 */

const root = path.resolve(import.meta.dirname, '../..');
const projects = listProjects(root);
const args = process.argv.slice(2);
const { selected, unknown } = selectProjects(projects, args.filter((arg) => arg !== '--check'));
if (unknown.length > 0) {
  console.error(`There is no project ${unknown.join(', ')}.\nusage: npm test -- [${projects.map(({ folder }) => folder).join('|')} …]`);
  process.exit(1);
}
const isAll = selected.length === projects.length;
const folders = isAll ? [] : selected.map(({ folder }) => folder);
/** Tests that start our programs as processes of their own run what is built; all others run the sources. */
const builtFirst = selected.filter(({ tags }) => tags.some((tag) => ['type:local', 'type:e2e', 'tests:built'].includes(tag)));

if (args.includes('--check')) process.exit((await check(root, folders)).problem === null ? 0 : 1);

/** @type {readonly Tier[]} */
const tiers = [
  { name: 'Check', run: () => check(root, folders) },
  ...(builtFirst.length > 0 ? [{ name: 'Build', run: buildAll }] : []),
  ...jestTier('Unit', 'test', 2),
  ...jestTier('Integration', 'int', 1),
  ...jestTier('End-to-end', 'e2e', 1, 'Build'),
];

/** @type {import('./test-run/summary.mjs').TierReport[]} */
const reports = [];
for (const { name, run, needs } of tiers) {
  console.log(`\n— ${name} —`);
  const started = performance.now();
  const isPossible = reports.every((report) => report.name !== needs || report.problem === null);
  /** @type {Outcome} */
  const { files = [], problem } = isPossible ? await run() : { problem: `not run, because of ${needs ?? ''}` };
  reports.push({ name, files, problem, seconds: (performance.now() - started) / 1000 });
}
console.log(summaryLines(reports, root).join('\n'));
process.exit(totals(reports).failed === 0 ? 0 : 1);

/** @returns {Promise<Outcome>} */
async function buildAll() {
  try {
    console.log(`${await build(root)} files built`);
    return { problem: null };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { problem: 'failed: see its lines above' };
  }
}

/**
 * @param {string} name @param {'test' | 'int' | 'e2e'} tier @param {number} workers @param {string} [needs]
 * @returns {Tier[]}
 */
function jestTier(name, tier, workers, needs) {
  if (!haveTests(root, selected, tier)) return [];
  const paths = folders.map((folder) => `/${folder}/src/`);
  return [{ name, run: () => runJestTier({ root, tier, workers, paths }), ...(needs === undefined ? {} : { needs }) }];
}
