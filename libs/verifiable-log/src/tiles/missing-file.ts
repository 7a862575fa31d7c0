/** That a file or folder is not there. By shape: errors of the file system may come from another realm, as all do under test. */
export function isMissingFile(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
