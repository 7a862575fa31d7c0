/** Why nothing was backed up or restored: one line with a stable code, exit 1. */
export class BackupError extends Error {
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(`${code}: ${detail}.`);
    this.name = 'BackupError';
  }
}
