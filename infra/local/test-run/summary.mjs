// @ts-check
// What the last lines of a test run say, out of what its tiers reported.
import path from 'node:path';

/**
 * @typedef {{ groups: readonly string[], title: string, status: string, messages: readonly string[] }} TestReport
 * @typedef {{ file: string, passed: number, failed: number, skipped: number, seconds: number, problem: string | null, tests: readonly TestReport[] }} FileReport
 * @typedef {{ name: string, seconds: number, files: readonly FileReport[], problem: string | null }} TierReport
 */

/**
 * A problem that no test reported (lint, types, build, a tier that hangs) counts as one failure, as does a run without any test.
 * @param {readonly TierReport[]} tiers
 */
export function totals(tiers) {
  const files = tiers.flatMap((tier) => tier.files);
  const sum = (/** @type {(file: FileReport) => number} */ of) => files.reduce((total, file) => total + of(file), 0);
  const problems = tiers.filter(({ problem }) => problem !== null).length;
  const passed = sum((file) => file.passed);
  const failed = sum((file) => file.failed + (file.problem === null ? 0 : 1)) + problems;
  return { passed, failed: passed + failed === 0 ? 1 : failed, skipped: sum((file) => file.skipped) };
}

/** @param {readonly TierReport[]} tiers @param {string} root */
export function summaryLines(tiers, root) {
  const { passed, failed, skipped } = totals(tiers);
  return [
    ...tiers.flatMap(({ files }) => files.flatMap((file) => failuresOf(file, root))).flatMap((failure) => ['', failure]),
    ...tiers.flatMap(({ name, problem }) => (problem === null ? [] : ['', `${name}: ${problem}`])),
    '',
    ...tiers.map(({ name, seconds }) => `${name.padEnd(12)} ${duration(seconds)}`),
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ];
}

/**
 * What failed in a file. Tests of one group that all failed with the very same error did not run: their set-up failed, and it is
 * named once.
 * @param {FileReport} file @param {string} root
 * @returns {string[]}
 */
export function failuresOf({ file, problem, tests }, root) {
  const name = path.relative(root, file);
  const failed = tests.filter(({ status }) => status === 'failed');
  const messages = [...new Set(failed.map(messageOf))];
  return [
    ...messages.flatMap((message) => told(name, message, failed.filter((test) => messageOf(test) === message), tests)),
    ...(problem === null ? [] : [`${name}\n${problem}`]),
  ];
}

/**
 * @param {string} file @param {string} message
 * @param {readonly TestReport[]} alike The tests that failed with this message.
 * @param {readonly TestReport[]} all
 */
function told(file, message, alike, all) {
  const group = sharedGroups(alike);
  const members = all.filter(({ groups, status }) => status !== 'pending' && group.every((title, index) => groups[index] === title));
  if (alike.length > 1 && alike.length === members.length) {
    return [`${[file, ...group].join(' › ')}: could not be set up, so none of its ${alike.length} tests ran\n${message}`];
  }
  return alike.map(({ groups, title }) => `${[file, ...groups, title].join(' › ')}\n${message}`);
}

/** @param {readonly TestReport[]} tests */
function sharedGroups([first, ...others]) {
  const groups = first?.groups ?? [];
  const differs = groups.findIndex((title, index) => others.some((other) => other.groups[index] !== title));
  return differs === -1 ? groups : groups.slice(0, differs);
}

/**
 * Without the frames of Jest and Node, which say nothing about our code.
 * @param {TestReport} test
 */
function messageOf({ messages }) {
  return messages.flatMap((message) => message.split('\n')).filter((line) => !/^\s+at .*(node_modules\/|node:internal\/|new Promise \()/.test(line)).join('\n');
}

/** @param {number} seconds */
function duration(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
