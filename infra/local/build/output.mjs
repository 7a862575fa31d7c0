// @ts-check
// What a build leaves, put in place so that programs which run from there, or start meanwhile, find every file at every
// moment: each is replaced as a whole, and what the new build has no more stays until the build after it.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const RECORD = '.build.json';

/**
 * @typedef {object} BuildRecord
 * @property {Readonly<Record<string, string>>} sources What each file was built from, as a digest.
 * @property {readonly string[]} outputs
 */

/** @param {string} folder @returns {BuildRecord} The last build there; of an unknown one, all files that it left. */
export function lastBuild(folder) {
  const file = path.join(folder, RECORD);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  return { sources: {}, outputs: filesIn(folder) };
}

/** @param {string} folder @returns {string[]} Relative, with `/`. */
export function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

/**
 * @param {string} folder
 * @param {Iterable<readonly [string, string | Uint8Array]>} changed In this order: what names others comes after them.
 * @param {BuildRecord} build
 * @param {BuildRecord} before
 */
export function putInPlace(folder, changed, build, before) {
  for (const [name, content] of changed) replaceFile(path.join(folder, name), content);
  const stay = new Set([...build.outputs, ...before.outputs, RECORD]);
  for (const name of filesIn(folder)) if (!stay.has(name)) rmSync(path.join(folder, name), { force: true });
  replaceFile(path.join(folder, RECORD), JSON.stringify(build));
}

/** @param {string} file @param {string | Uint8Array} content */
function replaceFile(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
