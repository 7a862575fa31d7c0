// @ts-check
// `node infra/local/build.mjs [group …]`: builds what has changed of the projects in libs, services, infra, dashboards
// and test, or in those groups alone. Programs may run from there meanwhile, and builds may be started side by side.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundleProject } from './build/bundle.mjs';
import { compileProject } from './build/compile.mjs';
import { withLock } from './build/lock.mjs';
import { listProjects } from './test-run/projects.mjs';

const GROUPS = ['libs', 'services', 'infra', 'dashboards', 'test'];

/**
 * @param {string} root
 * @param {readonly string[]} groups
 * @returns {Promise<number>} How many files had to be built.
 */
export async function build(root, groups = GROUPS) {
  const folders = listProjects(root).map(({ folder }) => folder).filter((folder) => groups.includes(path.dirname(folder)));
  return withLock(path.join(root, '.cache/build.lock'), async () => {
    const isBundled = (/** @type {string} */ folder) => existsSync(path.join(root, folder, 'vite.config.ts'));
    const bundles = folders.filter(isBundled).map((folder) => bundleProject(root, folder));
    const compiled = folders.filter((folder) => !isBundled(folder)).map((folder) => compileProject(root, folder));
    const results = await Promise.allSettled([...bundles, ...compiled]);
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason instanceof Error ? result.reason.message : String(result.reason)] : []));
    if (failures.length > 0) throw new Error(failures.join('\n\n'));
    return results.reduce((sum, result) => sum + (result.status === 'fulfilled' ? result.value : 0), 0);
  });
}

if (process.argv[1] === import.meta.filename) {
  const groups = process.argv.slice(2);
  try {
    const count = await build(path.resolve(import.meta.dirname, '../..'), groups.length === 0 ? GROUPS : groups);
    console.log(count === 0 ? 'Nothing has changed.' : `${count} files are built.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
