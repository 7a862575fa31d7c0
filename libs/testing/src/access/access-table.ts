import { readFileSync } from 'node:fs';
import { CALLERS, type Caller, type RouteTable } from './routes-of.js';

const FILE = new URL('../../../auth/access-matrix.md', import.meta.url);
const YES = '✓';

/** The tables of `libs/auth/access-matrix.md`, by service; `every service` has what all of them have. */
export function accessTables(text: string = readFileSync(FILE, 'utf8')): ReadonlyMap<string, RouteTable> {
  const [, ...sections] = text.split(/^## /m);
  return new Map(sections.map((section) => [section.slice(0, section.indexOf('\n')).trim(), tableIn(section)]));
}

/** What is expected of one service. */
export function accessTableOf(service: string): RouteTable {
  const tables = accessTables();
  const own = tables.get(service);
  if (own === undefined) throw new Error(`access-matrix.md says nothing of ${service}`);
  return { ...tables.get('every service'), ...own };
}

function tableIn(section: string): RouteTable {
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'));
  return Object.fromEntries(rows.map(rowOf));
}

function rowOf(line: string): readonly [string, readonly Caller[]] {
  const [route = '', ...cells] = line.split('|').slice(1, -1).map((cell) => cell.trim());
  if (cells.length !== CALLERS.length || cells.some((cell) => cell !== '' && cell !== YES)) {
    throw new Error(`access-matrix.md: a row has a route and ${String(CALLERS.length)} cells, each empty or ${YES}: ${line}`);
  }
  return [route.replaceAll('`', ''), CALLERS.filter((_, index) => cells[index] === YES)];
}

/** The table as the file has it, for whoever adds a route. */
export function written(table: RouteTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = Object.entries(table).map(([route, callers]) => line([`\`${route}\``, ...CALLERS.map((caller) => (callers.includes(caller) ? YES : ''))]));
  return [line(['route', ...CALLERS]), line(['---', ...CALLERS.map(() => ':-:')]), ...rows].join('\n');
}
