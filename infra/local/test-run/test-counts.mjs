// @ts-check
// How much is tested, read off the sources: comparable between two commits without running either.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { listProjects } from './projects.mjs';

/** @typedef {{ files: number, lines: number, tests: number, expects: number }} Counts */

/** A table of `it.each` is one test here: how many rows it has may depend on the code. */
const TEST = /(?<![\w.$])(?:it|test)(?:\.\w+)*\s*(?=[(`<])/g;
/** `expect(…)`, and what is built on it such as `.expectEvents(…)`; not matchers such as `expect.any(…)`. */
const EXPECT = /\bexpect[A-Za-z]*\s*\(/g;

/** @param {string} source @returns {{ tests: number, expects: number }} */
export function countIn(source) {
  return { tests: source.match(TEST)?.length ?? 0, expects: source.match(EXPECT)?.length ?? 0 };
}

/**
 * Tests also stand in suites that several files share, so every source is read; what holds none is not counted.
 * @param {string} root @returns {Map<string, Counts>} by the project's folder
 */
export function countTests(root) {
  return new Map(listProjects(root).map(({ folder }) => [folder, countFolder(path.join(root, folder, 'src'))]));
}

/** @param {string} folder @returns {Counts} */
function countFolder(folder) {
  const counts = { files: 0, lines: 0, tests: 0, expects: 0 };
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file)) continue;
    const source = readFileSync(path.join(folder, file), 'utf8');
    const { tests, expects } = countIn(source);
    if (tests + expects === 0) continue;
    counts.files += 1;
    counts.lines += source.split('\n').length - 1;
    counts.tests += tests;
    counts.expects += expects;
  }
  return counts;
}

/**
 * One line for each project and one for all; with `before`, what was there and what is.
 * @param {ReadonlyMap<string, Counts>} now @param {ReadonlyMap<string, Counts>} [before]
 * @returns {string[]}
 */
export function countLines(now, before) {
  const folders = [...new Set([...(before?.keys() ?? []), ...now.keys()])].sort();
  const rows = folders.map((folder) => row(folder, now.get(folder), before && (before.get(folder) ?? none)));
  return [
    `${'project'.padEnd(28)}${KINDS.map((kind) => kind.padStart(before ? 16 : 9)).join('')}`,
    ...rows,
    row('all', sum(now), before && sum(before)),
  ];
}

const KINDS = /** @type {const} */ (['files', 'lines', 'tests', 'expects']);
const none = { files: 0, lines: 0, tests: 0, expects: 0 };

/** @param {string} name @param {Counts} [now] @param {Counts} [before] */
function row(name, now = none, before) {
  return name.padEnd(28) + KINDS.map((kind) => (before ? `${before[kind]} → ${now[kind]}`.padStart(16) : String(now[kind]).padStart(9))).join('');
}

/** @param {ReadonlyMap<string, Counts>} counts @returns {Counts} */
function sum(counts) {
  const total = { ...none };
  for (const each of counts.values()) for (const kind of KINDS) total[kind] += each[kind];
  return total;
}
