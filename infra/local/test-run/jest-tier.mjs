// @ts-check
// Runs one tier of tests of all or some projects in one Jest, and sees to it that it ends.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** After the last test file: time for the tier to stop what it started, before it counts as one that does not end. */
const GRACE_MS = 60_000;
/** The longest test file takes minutes on a slow machine; nothing reported for so long means that it hangs. */
const SILENCE_MS = 15 * 60_000;
const POLL_MS = 500;

/**
 * @typedef {import('./summary.mjs').FileReport} FileReport
 * @typedef {object} TierRun
 * @property {string} root
 * @property {string} tier
 * @property {readonly string[]} paths Jest's patterns for the files that are meant; none: all of the tier.
 * @property {number} workers
 * @property {string} [name] Of its report, where several runs of a tier go on at once; else the tier's.
 * @property {boolean} [isQuiet] Without what Jest prints.
 * @property {number} [graceMs]
 * @property {number} [silenceMs]
 */

/**
 * @param {TierRun} run
 * @returns {Promise<{ files: FileReport[], problem: string | null }>} `problem`: what went wrong outside of test files.
 */
export async function runJestTier({ root, tier, name = tier, paths, workers, isQuiet = false, graceMs = GRACE_MS, silenceMs = SILENCE_MS }) {
  const report = path.join(root, `.cache/test-report.${name}.ndjson`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const child = spawn(process.execPath, jestArguments(paths, workers), {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, BRAIN_TEST_TIER: tier, BRAIN_TEST_REPORT: report, ...(process.stderr.isTTY ? { FORCE_COLOR: '1' } : {}) },
    detached: true, // a process group of its own, so that its workers can be ended with it
  });
  const lastWords = show(child, isQuiet);
  const exit = exitOf(child);
  const hang = watch(report, graceMs, silenceMs);
  const stopForwarding = forwardSignals(child);
  const ended = await Promise.race([exit, hang.seen]);
  hang.stop();
  if (typeof ended === 'string') await end(child, exit);
  stopForwarding();
  const { files, isWhole } = readReport(report);
  if (typeof ended === 'string') return { files, problem: `${ended} (process ${child.pid} was killed)` };
  return { files, problem: isWhole ? problemOfExit(ended, files) : `ended with ${ended.with} before it had reported all its files\n${await lastWords()}` };
}

/**
 * Shows what Jest prints, and keeps the last of it: where its set-up fails there is no other report.
 * @param {import('node:child_process').ChildProcessByStdio<null, null, import('node:stream').Readable>} child @param {boolean} isQuiet
 */
function show({ stderr }, isQuiet) {
  let tail = '';
  stderr.setEncoding('utf8').on('data', (text) => {
    tail = (tail + text).slice(-4_000);
    if (!isQuiet) process.stderr.write(text);
  });
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 100)); // what was written before the end is still on its way
    stderr.destroy();
    return tail.trim().split('\n').slice(-20).join('\n');
  };
}

/** @param {readonly string[]} paths @param {number} workers */
function jestArguments(paths, workers) {
  return [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    require.resolve('jest/bin/jest'),
    '--passWithNoTests',
    '--ci',
    '--reporters=default',
    `--reporters=${path.join(import.meta.dirname, 'file-reporter.mjs')}`,
    ...(workers === 1 ? ['--runInBand'] : [`--maxWorkers=${workers}`]),
    '--',
    ...paths,
  ];
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<{ with: number | string }>} the code, or the signal */
function exitOf(child) {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ with: code ?? String(signal) }));
    child.once('error', (error) => resolve({ with: error.message }));
  });
}

/**
 * Says when the tier hangs: it has reported all files and does not end, or has reported nothing for long.
 * @param {string} report @param {number} graceMs @param {number} silenceMs
 */
function watch(report, graceMs, silenceMs) {
  const started = Date.now();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<string>} */
  const seen = new Promise((resolve) => {
    timer = setInterval(() => {
      const idle = Date.now() - (existsSync(report) ? statSync(report).mtimeMs : started);
      if (idle > graceMs && readReport(report).isWhole) resolve(`reported all its files, but had not ended ${Math.round(graceMs / 1000)} s later: something is still open`);
      else if (idle > silenceMs) resolve(`reported nothing for ${Math.round(silenceMs / 1000)} s`);
    }, POLL_MS);
  });
  return { seen, stop: () => clearInterval(timer) };
}

/** @param {import('node:child_process').ChildProcess} child @param {Promise<unknown>} exit */
async function end(child, exit) {
  signalGroup(child, 'SIGTERM');
  await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
  signalGroup(child, 'SIGKILL'); // its workers too
  await exit;
}

/**
 * Ctrl-C ends the tier and then this run; a later one does not wait for the tier. From a terminal one comes twice at once, through
 * the process that started this one.
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  /** @type {number | undefined} */
  let askedAt;
  const listeners = signals.map((signal) => {
    const listener = () => {
      if (askedAt === undefined) child.once('exit', () => process.exit(1));
      askedAt ??= Date.now();
      signalGroup(child, Date.now() - askedAt > 1_000 ? 'SIGKILL' : signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => listeners.forEach((off) => off());
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** @param {string} report @returns {{ files: FileReport[], isWhole: boolean }} */
function readReport(report) {
  if (!existsSync(report)) return { files: [], isWhole: false };
  const lines = readFileSync(report, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  return { files: lines.filter(({ end }) => end !== true), isWhole: lines.some(({ end }) => end === true) };
}

/** @param {{ with: number | string }} ended @param {readonly FileReport[]} files */
function problemOfExit(ended, files) {
  const isExplained = files.some(({ failed, problem }) => failed > 0 || problem !== null);
  return ended.with === 0 || isExplained ? null : `ended with ${ended.with} although no test failed`;
}
