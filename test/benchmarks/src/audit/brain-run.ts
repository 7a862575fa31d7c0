import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const BRAIN = path.join(ROOT, 'infra/local/dist/brain/main.js');
const MEGABYTE = 1024;

export interface MemoryAt {
  readonly percent: number;
  readonly mb: number;
}

export interface BrainRun {
  readonly code: number;
  readonly output: string;
  readonly seconds: number;
  /** Resident memory at each line of progress that tells a share. */
  readonly memory: readonly MemoryAt[];
}

/** `npm run brain -- …` against a running product. */
export async function runBrain(dataDir: string, words: readonly string[], onLine: (line: string) => void = () => undefined): Promise<BrainRun> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=64', BRAIN, '--data', dataDir, ...words], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  const memory: MemoryAt[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    output.push(text);
    onLine(text.trimEnd());
    const percent = Number(/(\d+) %/.exec(text)?.[1] ?? Number.NaN);
    if (!Number.isNaN(percent)) void residentMb(child.pid ?? 0).then((mb) => memory.push({ percent, mb }));
  });
  const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
  return { code, output: output.join(''), seconds: (performance.now() - start) / 1_000, memory: memory.filter(({ mb }) => mb > 0) };
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / MEGABYTE;
}
