// @ts-check
// node infra/local/count-tests.mjs [folder] [--before folder]: test files, lines, tests and `expect` calls of each project of a
// checkout, this one if none is given; with --before, beside those of another one.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { countLines, countTests } from './test-run/test-counts.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { before: { type: 'string' } } });
const folder = positionals[0] ?? path.resolve(import.meta.dirname, '../..');
console.log(countLines(countTests(folder), values.before === undefined ? undefined : countTests(values.before)).join('\n'));
