import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The failed tests of a report of Jest, each with its file, its name and why; a file that could not run counts as one. */
export function failuresOf(report) {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const file = path.relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && message) return [`${file}\n${message}`];
    return failed.map(({ fullName, failureMessages }) => `${file} › ${fullName}\n${failureMessages.join('\n')}`);
  });
}
