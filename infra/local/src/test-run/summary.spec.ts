import { describe, expect, it } from '@jest/globals';
import { failuresOf, summaryLines, totals, type FileReport, type TestReport, type TierReport } from '../../test-run/summary.mjs';

const passed = (title: string, groups: readonly string[] = []): TestReport => ({ groups, title, status: 'passed', messages: [] });
const failed = (title: string, message: string, groups: readonly string[] = []): TestReport => ({ groups, title, status: 'failed', messages: [message] });

function file(tests: readonly TestReport[], more: Partial<FileReport> = {}): FileReport {
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  return { file: '/root/libs/a.spec.ts', passed: count('passed'), failed: count('failed'), skipped: count('pending'), seconds: 1, problem: null, tests, ...more };
}

function tier(name: string, files: readonly FileReport[], more: Partial<TierReport> = {}): TierReport {
  return { name, seconds: 1, files, problem: null, ...more };
}

describe('totals', () => {
  it('add up the tests of all files', () => {
    const skipped: TestReport = { groups: [], title: 'c', status: 'pending', messages: [] };
    expect(totals([tier('Unit', [file([passed('a'), failed('b', 'no')]), file([skipped])])])).toEqual({ passed: 1, failed: 1, skipped: 1 });
  });

  it('count a tier that failed outside of its tests as one failure, beside the tests that failed', () => {
    expect(totals([tier('Check', [], { problem: 'failed' }), tier('Unit', [file([failed('b', 'no')])])])).toMatchObject({ failed: 2 });
  });

  it('count a file that could not run as one failure', () => {
    expect(totals([tier('Unit', [file([], { problem: 'SyntaxError' })])])).toMatchObject({ passed: 0, failed: 1 });
  });

  it('count a run without any test as one failure', () => {
    expect(totals([tier('Check', [])])).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('failuresOf', () => {
  it('names a failed test with its file, its groups and why', () => {
    expect(failuresOf(file([passed('a'), failed('b', 'Error: no', ['lamps'])]), '/root')).toEqual(['libs/a.spec.ts › lamps › b\nError: no']);
  });

  it('leaves out the frames of Jest and Node', () => {
    const message = 'Error: no\n    at Object.<anonymous> (/root/libs/a.spec.ts:5:27)\n    at run (/root/node_modules/jest-circus/run.js:1:1)\n    at node:internal/process/task_queues:95:5';
    expect(failuresOf(file([failed('b', message)]), '/root')).toEqual(['libs/a.spec.ts › b\nError: no\n    at Object.<anonymous> (/root/libs/a.spec.ts:5:27)']);
  });

  it('names a suite that could not be set up once, not each of its tests', () => {
    const tests = [passed('a'), failed('b', 'no database', ['stored']), failed('c', 'no database', ['stored', 'twice'])];
    expect(failuresOf(file(tests), '/root')).toEqual(['libs/a.spec.ts › stored: could not be set up, so none of its 2 tests ran\nno database']);
  });

  it('names a whole file that could not be set up once', () => {
    const tests = [failed('b', 'no database', ['stored']), failed('c', 'no database', ['read'])];
    expect(failuresOf(file(tests), '/root')).toEqual(['libs/a.spec.ts: could not be set up, so none of its 2 tests ran\nno database']);
  });

  it('names tests one by one when another of their group passed', () => {
    const tests = [passed('a', ['stored']), failed('b', 'no', ['stored']), failed('c', 'no', ['stored'])];
    expect(failuresOf(file(tests), '/root')).toEqual(['libs/a.spec.ts › stored › b\nno', 'libs/a.spec.ts › stored › c\nno']);
  });

  it('names what failed outside of the tests', () => {
    expect(failuresOf(file([passed('a')], { problem: 'afterAll failed' }), '/root')).toEqual(['libs/a.spec.ts\nafterAll failed']);
  });
});

describe('summaryLines', () => {
  const lines = summaryLines(
    [
      tier('Check', [], { seconds: 20.6 }),
      tier('Unit', [file([passed('a'), failed('b', 'no')])], { seconds: 61 }),
      tier('Integration', [file([passed('c')])], { seconds: 3.2, problem: 'had not ended' }),
    ],
    '/root',
  );

  it('end with the time of each tier and the counts', () => {
    expect(lines.slice(-4)).toEqual(['Check        0:21', 'Unit         1:01', 'Integration  0:03', '2 passed, 2 failed, 0 skipped']);
  });

  it('name before that what failed, tests first', () => {
    expect(lines.slice(0, -4).filter((line) => line !== '')).toEqual(['libs/a.spec.ts › b\nno', 'Integration: had not ended']);
  });
});
