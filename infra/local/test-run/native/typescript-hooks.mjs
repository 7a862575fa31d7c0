// Hooks of Node's module loader that let it run the workspace from its TypeScript sources, as our Jest does.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { swcOptions } from '../swc-options.mjs';

const TEST_GLOBALS = new URL('./test-globals.mjs', import.meta.url).href;
const TYPESCRIPT = /\.tsx?$/;

/**
 * Both forms of Node's hooks are served: it takes the answer as it is, or waits for it.
 * @param {string} specifier
 * @param {{ conditions: readonly string[], parentURL?: string }} context
 * @param {(specifier: string, context: object) => any} next
 */
export function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: TEST_GLOBALS, format: 'module', shortCircuit: true };
  const source = sourceOf(specifier, context.parentURL);
  if (source !== undefined) return { url: source, format: 'module', shortCircuit: true };
  return next(specifier, { ...context, conditions: [...context.conditions, '@brain/source'] });
}

/**
 * Imports name the file that the build makes: `./clock.js` is `./clock.ts`.
 * @param {string} specifier
 * @param {string | undefined} parent
 */
function sourceOf(specifier, parent) {
  if (parent === undefined || parent.includes('/node_modules/') || !/^\.{1,2}\/.*\.js$/.test(specifier)) return undefined;
  const source = new URL(specifier.replace(/\.js$/, '.ts'), parent);
  return existsSync(source) ? source.href : undefined;
}

/**
 * @param {string} url
 * @param {object} context
 * @param {(url: string, context: object) => any} next
 */
export function load(url, context, next) {
  if (!url.startsWith('file:') || !TYPESCRIPT.test(new URL(url).pathname)) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swcOptions, filename, sourceMaps: 'inline', configFile: false, swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}
