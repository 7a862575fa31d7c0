import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { linesIn } from './line-blocks.js';

const WAITING_BYTES = 1024 ** 2;
const RETRY_MS = 1_000;

/** Where lines go: a file, or in a test one whose disk is full. */
export interface LogSink {
  /** All of it, or nothing when it throws. */
  append(bytes: Buffer): Promise<void>;
  close(): Promise<void>;
}

export interface LogTrouble {
  /** Lines were dropped, or can be written again. */
  readonly onChange: () => void;
  /** The line that stands where lines are missing. */
  readonly noteOf: (dropped: number, why: string) => string;
}

/**
 * A log that outlives a full disk: lines wait in memory while they cannot be written, further ones are dropped and
 * counted, and it goes on by itself. A write never waits and never fails.
 */
export class LogFile {
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private sink: LogSink | undefined;
  private writing: Promise<void> | undefined;
  private untold = 0;
  private ending = false;
  /** Lines since the start that nobody will read. */
  dropped = 0;
  /** Why nothing can be written just now. */
  failure: string | undefined;

  constructor(
    private readonly openSink: () => Promise<LogSink>,
    private readonly trouble: LogTrouble,
    private readonly retryMs = RETRY_MS,
  ) {}

  /** @param block whole lines */
  write(block: Buffer): void {
    if (this.ending) return;
    if (this.waitingBytes + block.length > WAITING_BYTES && this.waiting.length > 0) {
      this.drop(block);
      return;
    }
    this.waiting.push(block);
    this.waitingBytes += block.length;
    this.writing ??= this.writeAll().finally(() => (this.writing = undefined));
  }

  /** Writes what waits if it can, once. */
  async end(): Promise<void> {
    this.ending = true;
    await this.writing;
    if (this.waiting.length > 0) await this.writeBatch();
    await this.sink?.close().catch(() => undefined);
    this.sink = undefined;
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const isWritten = await this.writeBatch();
      if (!isWritten && this.ending) return;
      if (!isWritten) await pause(this.retryMs, undefined, { ref: false });
    }
  }

  private async writeBatch(): Promise<boolean> {
    const batch = this.waiting;
    const told = this.untold;
    const note = told > 0 ? [Buffer.from(`${this.trouble.noteOf(told, this.failure ?? 'the log could not keep up')}\n`)] : [];
    try {
      this.sink ??= await this.openSink();
      const bytes = Buffer.concat([...batch, ...note]);
      this.waiting = [];
      await this.sink.append(bytes);
    } catch (error) {
      this.waiting = [...batch, ...(this.waiting === batch ? [] : this.waiting)];
      this.change(error instanceof Error ? error.message : String(error));
      return false;
    }
    this.waitingBytes = this.waiting.reduce((sum, { length }) => sum + length, 0);
    this.untold -= told;
    this.change(undefined);
    return true;
  }

  private drop(block: Buffer): void {
    const lines = linesIn(block);
    this.untold += lines;
    this.dropped += lines;
    this.trouble.onChange();
  }

  private change(failure: string | undefined): void {
    if (this.failure === failure) return;
    this.failure = failure;
    this.trouble.onChange();
  }
}

/** A block that got half way is taken back, so a line is there whole or not at all. */
export async function appendedFile(file: string): Promise<LogSink> {
  const handle = await open(file, 'a', 0o600);
  return { append: (bytes) => appendWhole(handle, bytes), close: () => handle.close() };
}

async function appendWhole(handle: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0;
  try {
    while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
  } catch (error) {
    if (written > 0) await handle.truncate((await handle.stat()).size - written);
    throw error;
  }
}
