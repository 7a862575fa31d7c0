import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Empty when we may run the server as ourselves. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root. Then it runs as `postgres`, made when missing, or as `nobody`. */
export async function serverUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return {};
  return (await idsOf('postgres')) ?? (await createUser()) ?? (await idsOf('nobody')) ?? noUser();
}

async function createUser(): Promise<ServerUser | undefined> {
  await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(() => undefined);
  return idsOf('postgres');
}

async function idsOf(name: string): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

function noUser(): never {
  throw new Error('PostgreSQL cannot run as root, and there is no user postgres or nobody to run it as');
}

export interface CommandAs {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: ServerUser;
}

/**
 * The command as that user. Where the user may not pass a folder on the way to what it needs, as in a checkout below
 * /root or in a private temporary folder, it keeps root's right to pass file permissions, and no other right of root.
 */
export async function commandAs(user: ServerUser, [command = '', ...args]: readonly string[], needs: readonly string[]): Promise<CommandAs> {
  if (user.uid === undefined || (await everybodyReaches(needs))) return { command, args, options: user };
  const identity = [`--reuid=${String(user.uid)}`, `--regid=${String(user.gid)}`, '--clear-groups'];
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return { command: 'setpriv', args: [...identity, ...rights, '--', command, ...args], options: {} };
}

async function everybodyReaches(paths: readonly string[]): Promise<boolean> {
  const reached = await Promise.all(paths.map((path) => everybodyPasses(dirname(path))));
  return reached.every(Boolean);
}

async function everybodyPasses(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  return dirname(folder) === folder || everybodyPasses(dirname(folder));
}
