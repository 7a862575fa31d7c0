// @ts-check
// The dashboard: built by Vite beside its place, when anything that goes into it has changed.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { filesIn, lastBuild, putInPlace } from './output.mjs';

/**
 * @param {string} root
 * @param {string} folder The project's, relative to the root.
 * @returns {Promise<number>} 1 when it had to be built.
 */
export async function bundleProject(root, folder) {
  const project = path.join(root, folder);
  const to = path.join(project, 'dist');
  const before = lastBuild(to);
  const sources = { all: digestOf(root, folder) };
  if (before.sources.all === sources.all) return 0;
  const made = path.join(project, '.cache/bundle');
  rmSync(made, { recursive: true, force: true });
  await vite(project, made);
  const outputs = filesIn(made);
  // The page last: what it names must be there when a browser asks for it.
  const inOrder = outputs.toSorted((one, other) => Number(one.endsWith('.html')) - Number(other.endsWith('.html')));
  putInPlace(to, contents(made, inOrder), { sources, outputs }, before);
  rmSync(made, { recursive: true, force: true });
  return 1;
}

/** @param {string} made @param {readonly string[]} names @returns {Iterable<[string, Uint8Array]>} */
function* contents(made, names) {
  for (const name of names) yield [name, readFileSync(path.join(made, name))];
}

/** Its own files, those of the workspace's packages that it names, and what is installed. @param {string} root @param {string} folder */
function digestOf(root, folder) {
  const hash = createHash('sha1').update(readFileSync(path.join(root, 'package-lock.json')));
  const folders = [folder, ...ownLibraries(root, folder)];
  for (const one of folders) {
    const names = filesIn(path.join(root, one)).filter((name) => !/(^|\/)(dist|node_modules|\.cache)\/|\.(spec|fixture)\.tsx?$|\.md$/.test(name));
    for (const name of names.toSorted()) hash.update(`${one}/${name}\n`).update(readFileSync(path.join(root, one, name)));
  }
  return hash.digest('base64');
}

/** @param {string} root @param {string} folder */
function ownLibraries(root, folder) {
  const { dependencies = {} } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  return Object.keys(dependencies).flatMap((name) => (name.startsWith('@brain/') ? [`libs/${name.slice('@brain/'.length)}`] : []));
}

/** @param {string} project @param {string} outDir @returns {Promise<void>} */
function vite(project, outDir) {
  const manifest = createRequire(path.join(project, 'package.json')).resolve('vite/package.json');
  const child = spawn(process.execPath, [path.join(path.dirname(manifest), 'bin/vite.js'), 'build', '--outDir', outDir, '--logLevel', 'warn'], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`vite build ended with ${code}\n${said}`))));
  });
}
