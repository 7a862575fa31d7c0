import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Who runs the server; empty when we may run it as ourselves. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

const READ = 4;
const PASS = 1;

export interface Permissions {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** What the permission bits allow this user, who has no other groups. Somebody without a number is ourselves. */
export function allows({ mode, uid, gid }: Permissions, user: ServerUser, bits: number): boolean {
  if (user.uid === undefined) return true;
  const shift = user.uid === uid ? 6 : user.gid === gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

/** The first folder on the way to `path` that this user may not pass. */
export async function closedFolder(user: ServerUser, path: string): Promise<string | undefined> {
  for (let folder = dirname(await realpath(path)); ; folder = dirname(folder)) {
    if (!allows(await stat(folder), user, PASS)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Whether this user may run what is at `path`, or list it when it is a folder. */
export async function mayRun(user: ServerUser, path: string): Promise<boolean> {
  return allows(await stat(path), user, READ | PASS) && (await closedFolder(user, path)) === undefined;
}
