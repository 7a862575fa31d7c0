// Runs in a process of its own beside others: `run` is called for each test file.
import { runFile } from './run-file.mjs';

/** @param {string} file @param {any} globalConfig @param {any} config */
export async function run(file, globalConfig, config) {
  const result = await runFile(file, globalConfig, config);
  return JSON.parse(JSON.stringify(result)); // errors are told as text; what cannot be sent is left out
}
