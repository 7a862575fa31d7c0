// @ts-check
// Types, lint and boundaries: what can be said about the sources without running them.
import { spawn } from 'node:child_process';
import path from 'node:path';

/** What differs in what there is at run time: Node; Node and a browser; a browser and JSX. */
const PROGRAMS = ['.', 'test', 'dashboards/operations'];
const SOURCES = ['libs', 'services', 'dashboards', 'infra', 'test', 'jest.config.mjs', 'jest.preset.mjs'];
/** As many as there are cores on a small machine; the linter alone uses all of them. */
const AT_ONCE = 2;

/**
 * The whole workspace's types and boundaries, and the lint of the folders (all, if none is given).
 * @param {string} root @param {readonly string[]} folders
 * @returns {Promise<{ problem: string | null }>}
 */
export async function check(root, folders) {
  const waiting = [
    ...PROGRAMS.map((program) => ({ name: `types of ${program}`, args: ['typescript-7/bin/tsc', '--singleThreaded', '--pretty', 'false', '-p', program] })),
    { name: 'boundaries', args: ['dependency-cruiser/bin/dependency-cruise.mjs', '--output-type', 'err-long', ...SOURCES] },
    { name: 'lint', args: ['oxlint/bin/oxlint', '--deny-warnings', '--format=unix', ...folders] },
  ];
  /** @type {string[]} */
  const failed = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { output, isWell, seconds } = await run(root, next.args);
      console.log(`${isWell ? 'well  ' : 'FAILED'} ${next.name} (${seconds.toFixed(1)} s)${isWell ? '' : `\n${output.trim()}`}`);
      if (!isWell) failed.push(next.name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { problem: failed.length === 0 ? null : `failed: ${failed.join(', ')}; see the lines above` };
}

/**
 * @param {string} root @param {readonly string[]} args
 * @returns {Promise<{ output: string, isWell: boolean, seconds: number }>}
 */
function run(root, [script = '', ...args]) {
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ output: String(error), isWell: false, seconds: 0 }));
    child.once('close', (code) => resolve({ output, isWell: code === 0, seconds: (performance.now() - started) / 1000 }));
  });
}
