import { z } from 'zod';
import type { Readiness, ReadinessEntry } from './readiness.js';

const MB = 1024 ** 2;

/** What a supervisor tells its services about the disk that they all write to. */
export const storageNotice = z.object({
  type: z.literal('storage'),
  isFull: z.boolean(),
  freeBytes: z.number(),
  /** Since the supervisor started. */
  droppedLogLines: z.number(),
});
export type StorageNotice = z.infer<typeof storageNotice>;

export function storageEntry({ isFull, freeBytes, droppedLogLines }: StorageNotice): ReadinessEntry {
  const dropped = droppedLogLines === 0 ? [] : [`${droppedLogLines.toLocaleString('en')} log lines were dropped`];
  const full = isFull ? [`STORAGE_FULL: ${Math.floor(freeBytes / MB).toLocaleString('en')} MB are free in the data folder`] : [];
  const detail = [...full, ...dropped].join('; ');
  return { ready: !isFull, ...(detail === '' ? {} : { detail }) };
}

/** Adds `storage` to readiness as soon as a supervisor says something about it. */
export function listenForStorage(readiness: Pick<Readiness, 'add'>, supervisor: NodeJS.EventEmitter = process): void {
  supervisor.on('message', (message: unknown) => {
    const { data } = storageNotice.safeParse(message);
    if (data !== undefined) readiness.add('storage', () => storageEntry(data));
  });
}
