// The first step of every command: nothing is installed yet, so this file uses Node alone.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './build/lock.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const installedStamp = path.join(root, 'node_modules/.brain-installed');
const [command = 'start', ...rest] = process.argv.slice(2);

requireNode(20, 19);
await withLock(path.join(root, '.cache/install.lock'), installWhatIsMissing);
process.exitCode = await run(command);

async function run(name) {
  switch (name) {
    case 'start':
      await build(['libs', 'services', 'infra', 'dashboards']);
      return node('infra/local/dist/start/main.js', rest);
    case 'brain':
      await build(['libs', 'services', 'infra']);
      return node('infra/local/dist/brain/main.js', rest, ['--max-semi-space-size=64']); // a replay makes much that is soon old
    case 'bench':
      await build();
      return node('test/benchmarks/dist/main.js', rest);
    case 'engines':
      await build();
      return node('infra/local/run-engines.mjs', rest);
    case 'test':
      return node('infra/local/run-tests.mjs', rest);
    case 'check':
      return node('infra/local/run-tests.mjs', ['--check', ...rest]);
    default:
      fail(`Unknown command ${name}`);
  }
}

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  fail(`Node ${major}.${minor} or newer is needed, this is ${process.versions.node}.`);
}

async function installWhatIsMissing() {
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const stamp = `${process.versions.modules}\n${lock}`;
  if (existsSync(installedStamp) && readFileSync(installedStamp, 'utf8') === stamp) return;
  console.log('Installing dependencies (the first time takes a minute or two) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail('npm ci failed: see the lines above.');
  writeFileSync(installedStamp, stamp);
}

/** Loaded once everything is installed: its compiler is. @param {readonly string[]} [groups] */
async function build(groups) {
  const { build: buildWhatHasChanged } = await import('./build.mjs');
  try {
    await buildWhatHasChanged(root, groups);
  } catch (error) {
    console.error(error.message);
    fail('The build failed: see the lines above.');
  }
}

/** Hands over to a program; signals reach it too, so we only wait for it to end. */
function node(script, args, nodeArgs = []) {
  const child = spawn(process.execPath, [...nodeArgs, path.join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 0)));
  });
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
