// @ts-check
// Which test files of an engine go to the server that --url names, and which start something of their own.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ASKS_FOR_URL = 'BRAIN_ENGINE_URL';

/**
 * Whether a test file, or anything that it imports from beside it, asks for the address.
 * @param {string} file
 * @param {Set<string>} [seen]
 * @returns {boolean}
 */
export function goesToUrl(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  if (text.includes(ASKS_FOR_URL)) return true;
  const imports = [...text.matchAll(/from '(\.{1,2}\/[^']+)\.js'/g)].map(([, name]) => path.join(path.dirname(file), `${name}.ts`));
  return imports.some((imported) => goesToUrl(imported, seen));
}

/**
 * A line for each test file, with its tests that passed.
 * @param {readonly { file: string, passed: number }[]} files @param {string} url Shown without what may be secret in it.
 */
export function reachLines(files, url) {
  const server = url.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
  const sum = (/** @type {boolean} */ atUrl) => files.filter(({ file }) => goesToUrl(file) === atUrl).reduce((total, { passed }) => total + passed, 0);
  return [
    ...files.map((one) => `${String(one.passed).padStart(5)} passed  ${path.basename(one.file)}  ${goesToUrl(one.file) ? `at ${server}` : 'NOT at the server: on what the test starts itself'}`),
    `${String(sum(true))} passed at ${server}, ${String(sum(false))} on what the tests start themselves`,
  ];
}
