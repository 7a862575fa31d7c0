import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, rmSync, writeFileSync, type WriteStream } from 'node:fs';
import { StartError } from './start-error.js';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const STEADY_MS = 30_000;
const STOP_LIMIT_MS = 12_000;

export interface ChildSpec {
  readonly name: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly nodeArgs: readonly string[];
}

/**
 * One service process. A crash is restarted with growing pauses; a process that ran steadily starts again at once.
 * Its output goes to its log file. It tells us it is ready over IPC, and ends by itself when we are gone.
 */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private pauseMs = FIRST_PAUSE_MS;
  private startedAt = 0;
  private restartTimer: NodeJS.Timeout | undefined;
  private readonly log: WriteStream;
  private readonly firstReady: Promise<void>;
  private settleReady: { resolve: () => void; reject: (error: Error) => void } | undefined;
  private lastLines: string[] = [];
  restarts = 0;

  constructor(
    readonly spec: ChildSpec,
    private readonly say: (line: string) => void,
  ) {
    this.log = createWriteStream(spec.logFile, { flags: 'a' });
    this.firstReady = new Promise((resolve, reject) => {
      this.settleReady = { resolve, reject };
    });
    this.firstReady.catch(() => undefined);
  }

  /** Beside the log, for people and scripts that look after the processes. */
  private get pidFile(): string {
    return this.spec.logFile.replace(/\.log$/, '.pid');
  }

  start(): void {
    this.startedAt = Date.now();
    const child = spawn(process.execPath, [...this.spec.nodeArgs, this.spec.script], {
      env: { ...inherited(), ...this.spec.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Its own group: Ctrl-C reaches us alone, and we stop the processes in order.
      detached: true,
    });
    this.child = child;
    writeFileSync(this.pidFile, String(child.pid ?? 0));
    child.stdout?.pipe(this.log, { end: false });
    child.stderr?.on('data', (chunk: Buffer) => this.noteError(chunk));
    child.on('message', () => this.settleReady?.resolve());
    child.on('error', (error) => this.say(`${this.spec.name} could not be started: ${error.message}`));
    // Not 'exit': its last words are read by then.
    child.on('close', (code, signal) => this.onExit(code, signal));
  }

  /** Resolves at the first readiness; rejects when the process ends before. */
  ready(): Promise<void> {
    return this.firstReady;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restartTimer);
    const child = this.child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(limit);
    }
    rmSync(this.pidFile, { force: true });
    await new Promise((resolve) => this.log.end(resolve));
  }

  private noteError(chunk: Buffer): void {
    this.log.write(chunk);
    this.lastLines = [...this.lastLines, ...chunk.toString().trimEnd().split('\n')].slice(-5);
  }

  private onExit(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.stopping) return;
    const how = signal ?? `exit ${String(code)}`;
    const ranSteadily = Date.now() - this.startedAt > STEADY_MS;
    this.pauseMs = ranSteadily ? FIRST_PAUSE_MS : Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    this.settleReady?.reject(new StartError([`${this.spec.name} ended before it was ready (${how})`, ...this.lastLines].join('\n')));
    this.say(`${this.spec.name} ended (${how}); restarting in ${String(this.pauseMs)} ms`);
    this.restarts += 1;
    this.restartTimer = setTimeout(() => this.start(), this.pauseMs);
  }
}

/** A service sees its own configuration, how much to log, and what a process needs to run; not our whole environment. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'SystemRoot', 'BRAIN_LOG_LEVEL'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
