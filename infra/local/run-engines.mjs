// @ts-check
// `npm run test:engines -- [engine …] [--all] [--url URL]`: conformance against the real engines, and faults.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { reachLines } from './test-run/engine-reach.mjs';
import { runJestTier } from './test-run/jest-tier.mjs';
import { summaryLines, totals } from './test-run/summary.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const SOURCES = 'test/conformance/src';
const SUFFIX = '.engine.spec.ts';
/** The longest spec is a deck of faults after another one, or every unit test, and neither reports before its end. */
const SILENCE_MS = 60 * 60_000;
/**
 * `sideBySide`: queues of engines that go on at the same time, as two cores allow; those that fetch the same are in one queue.
 * @type {{ specs: Readonly<Record<string, readonly string[]>>, sideBySide: readonly (readonly string[])[], settings: Readonly<Record<string, string>> }}
 */
const quick = JSON.parse(readFileSync(path.join(root, 'test/conformance/quick-deck.json'), 'utf8'));
/** A folder of the sources is an engine when it has an engine spec. */
const decks = Object.fromEntries(readdirSync(path.join(root, SOURCES)).map((name) => /** @type {const} */ ([name, specsOf(name)])).filter(([, specs]) => specs.length > 0));

const { engines, isQuick, url } = readArguments(process.argv.slice(2));
if (isQuick) for (const [name, value] of Object.entries(quick.settings)) process.env[name] ??= value;
if (url !== undefined) process.env.BRAIN_ENGINE_URL = url;

/** @type {import('./test-run/summary.mjs').TierReport[]} */
const reports = [];
const queues = isQuick ? quick.sideBySide : [];
await Promise.all(queues.map(inTurn));
await inTurn(engines.filter((engine) => !queues.flat().includes(engine)));
console.log(summaryLines(reports, root).join('\n'));
process.exit(totals(reports).failed === 0 ? 0 : 1);

/** @param {readonly string[]} queue */
async function inTurn(queue) {
  for (const engine of queue) await run(engine);
}

/** @param {string} engine */
async function run(engine) {
  console.log(`\n— ${engine} —`);
  const specs = (isQuick ? quick.specs : decks)[engine] ?? [];
  const started = performance.now();
  const paths = specs.map((spec) => `/${SOURCES}/${engine}/${spec}${SUFFIX}$`);
  const { files, problem } = await runJestTier({ root, tier: 'engine', name: `engine.${engine}`, workers: 1, paths, silenceMs: SILENCE_MS });
  if (url !== undefined) console.log(reachLines(files, url).join('\n'));
  reports.push({ name: engine, files, problem, seconds: (performance.now() - started) / 1000 });
}

/** @param {string} name */
function specsOf(name) {
  return readdirSync(path.join(root, SOURCES, name)).flatMap((file) => (file.endsWith(SUFFIX) ? [file.slice(0, -SUFFIX.length)] : []));
}

/** @param {readonly string[]} args @returns {{ engines: readonly string[], isQuick: boolean, url: string | undefined }} */
function readArguments(args) {
  if (args.includes('--help')) stop(usage(), 0);
  const at = args.indexOf('--url');
  const url = at === -1 ? undefined : args[at + 1];
  const names = args.filter((word, index) => word !== '--all' && (at === -1 || (index !== at && index !== at + 1)));
  const unknown = names.find((name) => decks[name] === undefined);
  if (unknown !== undefined) stop(`There is no engine ${unknown}.\n${usage()}`, 1);
  if (at !== -1 && (url === undefined || names.length !== 1)) stop(`--url needs an address, and the one engine that is there.\n${usage()}`, 1);
  const isQuick = names.length === 0 && !args.includes('--all');
  return { engines: names.length > 0 ? names : Object.keys(isQuick ? quick.specs : decks), isQuick, url };
}

function usage() {
  const lines = Object.entries(quick.specs).map(([engine, specs]) => `  ${engine.padEnd(14)} ${specs.join(', ')}`);
  return [
    `usage: npm run test:engines -- [${Object.keys(decks).join('|')} …] [--all] [--url URL]`,
    '',
    'An engine that is named is run with all its specs, and --all runs those of all engines. Otherwise the quick deck is run,',
    'which test/conformance/quick-deck.json lists:',
    ...lines,
    '',
    '--url takes a server that runs already for the one engine that is named.',
  ].join('\n');
}

/** @param {string} text @param {number} code */
function stop(text, code) {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}
