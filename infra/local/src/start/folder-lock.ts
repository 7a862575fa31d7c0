import { readFileSync } from 'node:fs';
import { identityOf, stillRuns, type ProcessIdentity } from './process-identity.js';
import { StartError } from './start-error.js';
import { writeWhole } from './write-whole.js';

/** Two supervisors over one folder would fight about its database. @throws StartError naming the other */
export function requireNotInUse(file: string): void {
  const holder = holderOf(file);
  if (holder === undefined || holder.pid === process.pid || !stillRuns(holder)) return;
  throw new StartError(`The data folder is in use by process ${String(holder.pid)}. Stop it, or use --data DIR.`);
}

/** By a supervisor that runs now, this process too. */
export function isInUse(file: string): boolean {
  const holder = holderOf(file);
  return holder !== undefined && stillRuns(holder);
}

export function takeLock(file: string): void {
  requireNotInUse(file);
  const { pid, started } = identityOf(process.pid);
  writeWhole(file, `${String(pid)}\n${started ?? ''}\n`, 0o600);
}

function holderOf(file: string): ProcessIdentity | undefined {
  try {
    const [pid, started] = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(pid), started: started === undefined || started === '' ? null : started };
  } catch {
    return undefined;
  }
}
