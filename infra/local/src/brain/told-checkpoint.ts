import type { OpenedCheckpoint } from '@brain/verifiable-log';

export const count = (value: number): string => value.toLocaleString('en');

export function describe({ origin, size, root }: OpenedCheckpoint): string {
  return `the log ${origin} of ${count(size)} entries (root ${Buffer.from(root).toString('base64')})`;
}
