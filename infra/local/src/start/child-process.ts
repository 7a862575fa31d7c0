import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { StorageNotice } from '@brain/service-kit';
import { LineBlocks } from './line-blocks.js';
import { appendedFile, LogFile } from './log-file.js';
import type { ProcessList } from './process-list.js';
import { reasonIn } from './refusal.js';
import { StartError } from './start-error.js';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const STEADY_MS = 30_000;
const STOP_LIMIT_MS = 12_000;
const KEPT_LINES = 20;

export interface ChildSpec {
  readonly name: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly nodeArgs: readonly string[];
}

/** What a process shares with the others of its start. */
export interface Supervision {
  readonly say: (line: string) => void;
  readonly list: Pick<ProcessList, 'note' | 'forget'>;
  /** Its log cannot be written, lost lines, or can be written again. */
  readonly onLogChange: () => void;
}

/**
 * One service process. A crash is restarted with growing pauses; a process that ran steadily starts again at once.
 * Its output goes to its log file. It tells us it is ready over IPC, and ends by itself when we are gone.
 */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private hasBeenReady = false;
  private pauseMs = FIRST_PAUSE_MS;
  private startedAt = 0;
  private restartTimer: NodeJS.Timeout | undefined;
  private readonly firstReady: Promise<void>;
  private settleReady: { resolve: () => void; reject: (error: Error) => void } | undefined;
  private lastLines: readonly string[] = [];
  private notice: StorageNotice | undefined;
  readonly log: LogFile;
  restarts = 0;

  constructor(
    readonly spec: ChildSpec,
    private readonly supervision: Supervision,
  ) {
    this.log = new LogFile(() => appendedFile(spec.logFile), { onChange: supervision.onLogChange, noteOf: droppedLine });
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
    if (child.pid !== undefined) this.note(child.pid);
    this.logLines(child.stdout);
    this.logLines(child.stderr, (block) => this.keepLast(block));
    child.on('message', () => this.onReady());
    child.on('error', (error) => {
      if (child.pid === undefined) this.onEnd(error.message); // it never ran, so it does not exit
    });
    // All that it wrote has been read by then.
    child.on('close', (code, signal) => {
      if (child.pid !== undefined) this.onEnd(signal ?? `exit ${String(code)}`);
    });
  }

  /** Resolves at the first readiness; rejects when the process ends before. */
  ready(): Promise<void> {
    return this.firstReady;
  }

  /** Tells the process, now and after every restart. */
  tell(notice: StorageNotice): void {
    this.notice = notice;
    if (this.child?.connected === true) this.child.send(notice, () => undefined); // it may be ending
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restartTimer);
    const child = this.child;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(limit);
    }
    rmSync(this.pidFile, { force: true });
    this.supervision.list.forget(this.spec.name);
    await this.log.end();
  }

  private note(pid: number): void {
    this.supervision.list.note(this.spec.name, pid);
    try {
      writeFileSync(this.pidFile, String(pid));
    } catch {
      // a full disk: the process runs all the same
    }
  }

  private logLines(output: Readable | null, look: (block: Buffer) => void = () => undefined): void {
    const lines = new LineBlocks();
    const write = (block: Buffer | undefined) => {
      if (block === undefined) return;
      this.log.write(block);
      look(block);
    };
    output?.on('data', (chunk: Buffer) => write(lines.push(chunk)));
    output?.on('end', () => write(lines.end()));
  }

  private keepLast(block: Buffer): void {
    this.lastLines = [...this.lastLines, ...block.toString().trimEnd().split('\n')].slice(-KEPT_LINES);
  }

  private onReady(): void {
    this.hasBeenReady = true;
    this.settleReady?.resolve();
    if (this.notice !== undefined) this.tell(this.notice);
  }

  private onEnd(how: string): void {
    if (this.stopping) return;
    const { name } = this.spec;
    if (!this.hasBeenReady) {
      const why = reasonIn(this.lastLines) ?? `see ${this.spec.logFile}`;
      this.settleReady?.reject(new StartError(`${name} ended before it was ready (${how}): ${why}`));
      return;
    }
    const ranSteadily = Date.now() - this.startedAt > STEADY_MS;
    this.pauseMs = ranSteadily ? FIRST_PAUSE_MS : Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    this.supervision.say(`${name} ended (${how}); restarting in ${String(this.pauseMs)} ms`);
    this.restarts += 1;
    this.restartTimer = setTimeout(() => this.start(), this.pauseMs);
  }
}

function droppedLine(dropped: number, why: string): string {
  return JSON.stringify({ level: 'warn', time: new Date().toISOString(), service: 'supervisor', dropped, why, msg: 'log lines were dropped' });
}

/** A service sees its own configuration, how much to log, and what a process needs to run; not our whole environment. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'SystemRoot', 'BRAIN_LOG_LEVEL'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
