import { existsSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { identityOf, stillRuns, type ProcessIdentity } from './process-identity.js';
import { readKept, writeWhole } from './write-whole.js';

const kept = z.record(z.string(), z.object({ pid: z.number().int().positive(), started: z.string().nullable() }));

/** The processes of this start, kept in the data folder, so that the next start knows those that a kill -9 left. */
export class ProcessList {
  private readonly known = new Map<string, ProcessIdentity>();

  constructor(private readonly file: string) {}

  note(name: string, pid: number): void {
    this.known.set(name, identityOf(pid));
    this.write();
  }

  forget(name: string): void {
    this.known.delete(name);
    this.write();
  }

  /** On a full disk the list stays as it was: a start needs no list to be right, only to name orphans. */
  private write(): void {
    try {
      if (this.known.size === 0) rmSync(this.file, { force: true });
      else writeWhole(this.file, `${JSON.stringify(Object.fromEntries(this.known), null, 2)}\n`, 0o600);
    } catch {
      // written with the next process
    }
  }
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
}

/** Those of the list that run now; a number that another program has by now is not one of them. */
export function runningOf(file: string): readonly RunningProcess[] {
  if (!existsSync(file)) return [];
  const { data } = kept.safeParse(readKept(file));
  return Object.entries(data ?? {}).flatMap(([name, identity]) => (stillRuns(identity) ? [{ name, pid: identity.pid }] : []));
}
