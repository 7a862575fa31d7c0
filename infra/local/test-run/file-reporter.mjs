// @ts-check
// A reporter of Jest: one JSON line for each test file as soon as it has ended, and a last line when all have. What is
// counted is then known even if Jest itself never ends. BRAIN_TEST_REPORT names the file.
import { appendFileSync, writeFileSync } from 'node:fs';

export default class FileReporter {
  #file = process.env.BRAIN_TEST_REPORT ?? '.cache/test-report.ndjson';

  constructor() {
    writeFileSync(this.#file, '');
  }

  /**
   * @param {unknown} _test
   * @param {import('@jest/test-result').TestResult} result
   */
  onTestResult(_test, result) {
    this.#write({
      file: result.testFilePath,
      passed: result.numPassingTests,
      failed: result.numFailingTests,
      skipped: result.numPendingTests + result.numTodoTests,
      seconds: result.perfStats.runtime / 1000,
      // Set when the file could not run, or failed outside of any test.
      problem: problemOf(result),
      tests: result.testResults.map(({ ancestorTitles, title, status, failureMessages }) => ({
        groups: ancestorTitles,
        title,
        status,
        messages: failureMessages,
      })),
    });
  }

  onRunComplete() {
    this.#write({ end: true });
  }

  /** @param {object} line */
  #write(line) {
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

/**
 * With failed tests `failureMessage` repeats what they say, so only the error outside of them is taken.
 * @param {import('@jest/test-result').TestResult} result
 */
function problemOf({ testExecError, failureMessage, numFailingTests }) {
  if (!testExecError) return null;
  return (numFailingTests > 0 ? testExecError.message : failureMessage) || 'could not run';
}
