// A runner of Jest that gives test files no virtual machines of their own. Jest's own loads every module anew for every file:
// of a tier of 85 files that is most of its time, in a cold machine, and on Node 20 the modules of a file are never freed.
// What is given up is that a file has globals and module state to itself; and `jest.mock`, which native ESM does not have.
import { fileURLToPath } from 'node:url';
import { Worker } from 'jest-worker';
import { runFile } from './run-file.mjs';

const WORKER = fileURLToPath(new URL('./file-worker.mjs', import.meta.url));

export default class NativeRunner {
  #globalConfig;

  /** @param {any} globalConfig */
  constructor(globalConfig) {
    this.#globalConfig = globalConfig;
  }

  /**
   * @param {readonly any[]} tests
   * @param {{ isInterrupted(): boolean }} watcher
   * @param {(test: any) => Promise<void>} onStart
   * @param {(test: any, result: any) => Promise<void>} onResult
   * @param {(test: any, error: any) => Promise<void>} onFailure
   * @param {{ serial: boolean }} options
   */
  async runTests(tests, watcher, onStart, onResult, onFailure, { serial }) {
    const globalConfig = this.#globalConfig;
    const worker = serial ? undefined : openWorkers(globalConfig.maxWorkers);
    const queue = [...tests];
    const takeTurns = async () => {
      for (let test = queue.shift(); test !== undefined && !watcher.isInterrupted(); test = queue.shift()) {
        await onStart(test);
        const { path, context: { config } } = test;
        const run = worker === undefined ? runFile(path, globalConfig, config) : worker.run(path, globalConfig, config);
        await run.then((/** @type {any} */ result) => onResult(test, result), (/** @type {any} */ error) => onFailure(test, error));
      }
    };
    try {
      await Promise.all(Array.from({ length: serial ? 1 : globalConfig.maxWorkers }, takeTurns));
    } finally {
      await worker?.end();
    }
  }
}

/** @param {number} count @returns {any} */
function openWorkers(count) {
  const worker = new Worker(WORKER, { exposedMethods: ['run'], numWorkers: count, forkOptions: { stdio: 'pipe' }, maxRetries: 0 });
  worker.getStdout().pipe(process.stdout);
  worker.getStderr().pipe(process.stderr);
  return worker;
}
