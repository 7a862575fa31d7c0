// @ts-check
// The TypeScript of a project, file by file into its `dist`. Types are not checked here.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transform, version } from '@swc/core';
import { filesIn, lastBuild, putInPlace } from './output.mjs';

/**
 * @param {string} root
 * @param {string} folder The project's, relative to the root.
 * @returns {Promise<number>} How many files had to be built.
 */
export async function compileProject(root, folder) {
  const [from, to] = [path.join(root, folder, 'src'), path.join(root, folder, 'dist')];
  const settings = readFileSync(path.join(root, '.swcrc'), 'utf8');
  const before = lastBuild(to);
  /** @type {Record<string, string>} */
  const sources = {};
  const stale = [];
  const names = filesIn(from).filter(isBuilt);
  for (const name of names) {
    const text = readFileSync(path.join(from, name), 'utf8');
    sources[name] = createHash('sha1').update(`${version}\n${settings}\n${text}`).digest('base64');
    if (before.sources[name] !== sources[name] || !existsSync(path.join(to, outputOf(name)))) stale.push({ name, text });
  }
  const isSame = stale.length === 0 && Object.keys(before.sources).length === names.length;
  if (isSame) return 0;
  const outputs = names.flatMap((name) => (isCompiled(name) ? [outputOf(name), `${outputOf(name)}.map`] : [name]));
  const compiled = await Promise.all(stale.map(({ name, text }) => outputsOf(name, text, settings)));
  putInPlace(to, compiled.flat(), { sources, outputs }, before);
  return stale.length;
}

/** @param {string} name @param {string} text @param {string} settings @returns {Promise<[string, string][]>} */
async function outputsOf(name, text, settings) {
  if (!isCompiled(name)) return [[name, text]];
  const { $schema: _, ...options } = JSON.parse(settings);
  const output = outputOf(name);
  const up = '../'.repeat(name.split('/').length);
  const { code, map = '' } = await transform(text, { ...options, filename: name, sourceFileName: `${up}src/${name}`, swcrc: false, configFile: false });
  return [
    [`${output}.map`, map],
    [output, `${code}\n//# sourceMappingURL=${path.posix.basename(output)}.map\n`],
  ];
}

/** @param {string} name */
function isBuilt(name) {
  return !/\.(spec|fixture)\.m?ts$|\.fixture\.mjs$/.test(name) && (isCompiled(name) || /\.m(js|ts)$/.test(name));
}

/** @param {string} name */
function isCompiled(name) {
  return /\.ts$/.test(name) && !name.endsWith('.d.ts');
}

/** @param {string} name */
function outputOf(name) {
  return isCompiled(name) ? name.replace(/\.ts$/, '.js') : name;
}
