import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in these. */
const TICK_MS = 10;
const MEGABYTE = 1024 ** 2;

export interface MeasuredProcess {
  readonly pid: number;
  /** The service it is, `supervisor`, `simulator`, `postgres`, or `other`. */
  readonly name: string;
  /** Milliseconds of processor time, user and system, since it started, with that of its children that have ended. */
  readonly cpuMs: number;
}

/** All processes that this one started, and those that they started. Linux only. */
export async function descendants(root = process.pid): Promise<readonly MeasuredProcess[]> {
  const found = new Map<number, MeasuredProcess & { readonly parent: number }>();
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    // After the name in parentheses: state, parent, …, from the 12th on user and system time, own and of ended children.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const parent = Number(fields[1]);
    if (!(parent > 0)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    found.set(pid, { pid, parent, name: nameOf(command), cpuMs: ticks * TICK_MS });
  }
  return [...found.values()].filter(({ pid }) => pid !== root && isBelow(pid, root, found));
}

/** Proportional set size in megabytes: a page that several processes share counts once for all of them. */
export async function residentMb(processes: readonly MeasuredProcess[]): Promise<number> {
  const sizes = await Promise.all(
    processes.map(async ({ pid }) => {
      const rollup = await readFile(`/proc/${String(pid)}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / MEGABYTE;
}

/** Milliseconds of processor time by name. */
export function cpuByName(processes: readonly MeasuredProcess[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { name, cpuMs } of processes) sums.set(name, (sums.get(name) ?? 0) + cpuMs);
  return sums;
}

function nameOf(command: string): string {
  const service = /services\/([\w-]+)\/dist\/main\.js/.exec(command)?.[1];
  if (service !== undefined) return service;
  const local = /infra\/local\/dist\/(start|simulator)\/main\.js/.exec(command)?.[1];
  if (local !== undefined) return local === 'start' ? 'supervisor' : local;
  return command.includes('postgres') ? 'postgres' : 'other';
}

function isBelow(pid: number, root: number, processes: ReadonlyMap<number, { readonly parent: number }>): boolean {
  for (let current: number | undefined = pid; current !== undefined; current = processes.get(current)?.parent) {
    if (current === root) return true;
  }
  return false;
}
