import { statfs } from 'node:fs/promises';
import type { StorageNotice } from '@brain/service-kit';

const MB = 1024 ** 2;
/** PostgreSQL takes its next segment of 16 MB as a whole. */
const FULL_BELOW = 64 * MB;
const ENOUGH_ABOVE = 128 * MB;
const LOOK_EVERY_MS = 10_000;

/** What the logs are like: whether one cannot be written now, and what is lost. */
export interface LogState {
  readonly isFailing: boolean;
  readonly dropped: number;
}

/** Full from one bound on, and only above another one no longer: at the bound it would be told again and again. */
export function storageNow(before: StorageNotice | undefined, freeBytes: number, { isFailing, dropped }: LogState): StorageNotice {
  const bound = before?.isFull === true ? ENOUGH_ABOVE : FULL_BELOW;
  return { type: 'storage', isFull: freeBytes < bound || isFailing, freeBytes, droppedLogLines: dropped };
}

/** What the person at the keyboard should read; undefined: no news. */
export function storageLine(before: StorageNotice | undefined, { isFull, freeBytes, droppedLogLines }: StorageNotice): string | undefined {
  if (isFull === (before?.isFull ?? false)) return undefined;
  const free = `${Math.floor(freeBytes / MB).toLocaleString('en')} MB are free in the data folder`;
  if (isFull) return `The disk is full: ${free}. Nothing is acknowledged that cannot be stored; when there is space, everything goes on by itself.`;
  const lost = droppedLogLines === 0 ? 'no log line was lost' : `${droppedLogLines.toLocaleString('en')} log lines were dropped`;
  return `There is space again: ${free}; ${lost}.`;
}

/** Watches the disk of the data folder, and tells when it is full and when it is not any more. */
export class StorageWatch {
  private readonly timer: NodeJS.Timeout;
  private looking = false;
  last: StorageNotice | undefined;

  constructor(
    private readonly folder: string,
    private readonly logs: () => LogState,
    private readonly tell: (notice: StorageNotice, before: StorageNotice | undefined) => void,
  ) {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** Also when a log could not be written, or could be again. */
  look(): void {
    if (this.looking) return;
    this.looking = true;
    void statfs(this.folder)
      .then(({ bavail, bsize }) => this.note(bavail * bsize))
      .catch(() => undefined) // the folder is gone; nothing can be said about it
      .finally(() => (this.looking = false));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private note(freeBytes: number): void {
    const before = this.last;
    const now = storageNow(before, freeBytes, this.logs());
    this.last = now;
    const isNews = before === undefined || now.isFull || before.isFull !== now.isFull || before.droppedLogLines !== now.droppedLogLines;
    if (isNews) this.tell(now, before);
  }
}
