import { setTimeout as pause } from 'node:timers/promises';
import type { DataFolder } from './data-folder.js';
import { requireNotInUse } from './folder-lock.js';
import { runningOf, type RunningProcess } from './process-list.js';
import { StartError } from './start-error.js';

/** A service that finds its supervisor gone finishes what it has begun, which takes 10 s at most. */
const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 200;

/**
 * Services of an earlier start that was killed end by themselves; they are waited for, and never killed from here.
 * @throws StartError naming those that do not end, and how to end them
 */
export async function requireNoOrphans(folder: DataFolder, say: (line: string) => void, patienceMs = PATIENCE_MS): Promise<void> {
  requireNotInUse(folder.lock);
  const deadline = Date.now() + patienceMs;
  let left = runningOf(folder.processes);
  if (left.length > 0) say(`Waiting for what an earlier start has left to end: ${namesOf(left)} …`);
  while (left.length > 0 && Date.now() < deadline) {
    await pause(LOOK_EVERY_MS);
    left = runningOf(folder.processes);
  }
  if (left.length === 0) return;
  const pids = left.map(({ pid }) => String(pid)).join(' ');
  throw new StartError(`Processes of an earlier start still run: ${namesOf(left)}. End them with: kill ${pids} (kill -9 ${pids} when that does not help), then start again.`);
}

function namesOf(processes: readonly RunningProcess[]): string {
  return processes.map(({ name, pid }) => `${name} (${String(pid)})`).join(', ');
}
