import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process id alone is given to another program sooner or later; with the time it started it is one process. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As the system tells it; null where it tells nobody. */
  readonly started: string | null;
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, started: startTimeOf(pid) };
}

/** Whether the very process that was noted still runs. */
export function stillRuns({ pid, started }: ProcessIdentity): boolean {
  if (pid <= 0 || !isAlive(pid)) return false;
  return started === null || startTimeOf(pid) === started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function startTimeOf(pid: number): string | null {
  return process.platform === 'linux' ? ticksSinceBoot(pid) : startedAsToldByPs(pid);
}

/** Field 22 of `stat`; the name in field 2 may hold spaces and brackets. A zombie has ended, whatever it is waiting for. */
function ticksSinceBoot(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function startedAsToldByPs(pid: number): string | null {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
    return text.trim() === '' ? null : text.trim();
  } catch {
    return null;
  }
}
