// Runs one test file in this very process: its modules are loaded by Node and shared with the files before and after it.
import { pathToFileURL } from 'node:url';
import * as circus from 'jest-circus';
import { formatExecError, formatResultsErrors } from 'jest-message-util';
import { expect, jest } from './test-globals.mjs';
import './typescript-loader.mjs';

circus.addEventHandler(atEachTest);
process.on('uncaughtException', noteOutside);
process.on('unhandledRejection', noteOutside);

/**
 * @param {string} file
 * @param {any} globalConfig
 * @param {any} config
 * @returns {Promise<object>} a TestResult of Jest
 */
export async function runFile(file, globalConfig, config) {
  const start = Date.now();
  circus.resetState();
  Object.assign(circus.getState(), {
    parentProcess: process,
    testNamePattern: globalConfig.testNamePattern ? new RegExp(globalConfig.testNamePattern, 'i') : null,
    testTimeout: globalConfig.testTimeout ?? config.testTimeout ?? 5_000,
    maxConcurrency: globalConfig.maxConcurrency,
  });
  expect.setState({ expand: globalConfig.expand, testPath: file });
  try {
    await import(pathToFileURL(file).href);
    const run = await circus.run();
    await closeLeftOpen();
    return resultOf(run, { file, start, globalConfig, config });
  } finally {
    jest.restoreAllMocks();
    jest.useRealTimers();
  }
}

/** What nobody awaits fails the test that runs meanwhile, or the file.
 * @param {unknown} error
 */
function noteOutside(error) {
  const { currentlyRunningTest, unhandledErrors } = circus.getState();
  (currentlyRunningTest?.errors ?? unhandledErrors).push(error);
}

/** What fixtures opened and nobody closed, mostly because a set-up failed: a server that still listens would keep the tier from ending. */
async function closeLeftOpen() {
  const left = Reflect.get(globalThis, Symbol.for('brain.left-open')) ?? new Set();
  for (const closers of [...left]) await closers.close().catch(noteOutside);
}

/** @type {WeakSet<object>} */
const notSetUp = new WeakSet();

/**
 * A group whose set-up failed has nothing to tear down: that `afterAll` then fails on what was never made says nothing.
 * @param {any} event
 */
function atFailedHook({ hook: { type }, describeBlock, error }) {
  if (type === 'beforeAll') notSetUp.add(describeBlock);
  if (type !== 'afterAll' || !notSetUp.has(describeBlock)) return;
  const { unhandledErrors } = circus.getState();
  unhandledErrors.splice(unhandledErrors.findLastIndex((told) => [told].flat()[0] === error), 1);
}

/** @param {any} event */
function atEachTest(event) {
  if (event.name === 'hook_failure') atFailedHook(event);
  if (event.name === 'test_start') expect.setState({ currentTestName: titlesOf(event.test).join(' '), suppressedErrors: [] });
  if (event.name !== 'test_done') return;
  const { suppressedErrors } = expect.getState();
  const unmet = expect.extractExpectedAssertionsErrors().map(({ error }) => error);
  event.test.errors.push(...suppressedErrors, ...unmet);
}

/** @param {any} test @returns {string[]} */
function titlesOf({ name, parent }) {
  return parent === undefined || parent.name === 'ROOT_DESCRIBE_BLOCK' ? [name] : [...titlesOf(parent), name];
}

/**
 * @param {any} run
 * @param {{ file: string, start: number, globalConfig: any, config: any }} context
 */
function resultOf({ testResults, unhandledErrors, unhandledErrorsDetailed }, { file, start, globalConfig, config }) {
  const results = testResults.map(assertionOf);
  const count = (/** @type {string} */ status) => results.filter((/** @type {any} */ result) => result.status === status).length;
  const end = Date.now();
  const messages = [
    formatResultsErrors(results, config, globalConfig, file),
    ...unhandledErrorsDetailed.map((/** @type {any} */ error) => formatExecError(error, config, globalConfig)),
  ].filter(Boolean);
  return {
    displayName: config.displayName,
    failureMessage: messages.length > 0 ? messages.join('\n\n') : null,
    leaks: false,
    numFailingTests: count('failed'),
    numPassingTests: count('passed'),
    numPendingTests: count('pending'),
    numTodoTests: count('todo'),
    openHandles: [],
    perfStats: { start, end, runtime: end - start, slow: (end - start) / 1000 > config.slowTestThreshold, loadTestEnvironmentStart: 0, loadTestEnvironmentEnd: 0, setupFilesStart: 0, setupFilesEnd: 0, setupAfterEnvStart: 0, setupAfterEnvEnd: 0 },
    skipped: false,
    snapshot: { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 },
    testExecError: unhandledErrors.length > 0 ? { message: unhandledErrors.join('\n'), stack: unhandledErrors.join('\n') } : undefined,
    testFilePath: file,
    testResults: results,
  };
}

/** @param {any} result of circus: its path begins with the root block */
function assertionOf({ testPath: [, ...titles], status, errors, errorsDetailed, duration, invocations, numPassingAsserts, retryReasons, startedAt, location }) {
  const outcome = status === 'skip' ? 'pending' : status === 'todo' ? 'todo' : errors.length > 0 ? 'failed' : 'passed';
  return {
    ancestorTitles: titles.slice(0, -1),
    duration,
    failureDetails: errorsDetailed,
    failureMessages: errors,
    fullName: titles.join(' '),
    invocations,
    location,
    numPassingAsserts,
    retryReasons,
    startAt: startedAt,
    status: outcome,
    title: titles.at(-1) ?? '',
  };
}
