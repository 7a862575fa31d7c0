import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { closedFolder, type ServerUser } from './postgres-reach.js';

export type { ServerUser } from './postgres-reach.js';

const run = promisify(execFile);

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
 * The command as that user. Where the user may not pass a folder on the way to its data, as in a data folder below
 * /root or in a private temporary folder, it keeps root's right to pass file permissions, and no other right of root.
 */
export async function commandAs(user: ServerUser, [command = '', ...args]: readonly string[], needs: readonly string[]): Promise<CommandAs> {
  if (user.uid === undefined) return { command, args, options: user };
  const closed = (await Promise.all(needs.map((path) => closedFolder(user, path)))).find((folder) => folder !== undefined);
  if (closed === undefined) return { command, args, options: user };
  const identity = [`--reuid=${String(user.uid)}`, `--regid=${String(user.gid)}`, '--clear-groups'];
  const asUser = [...identity, '--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--'];
  await requirePassing(asUser, needs, closed);
  return { command: 'setpriv', args: [...asUser, command, ...args], options: {} };
}

/** A container may have taken that right away, and some systems have no `setpriv`. */
async function requirePassing(asUser: readonly string[], needs: readonly string[], closed: string): Promise<void> {
  try {
    await run('setpriv', [...asUser, 'sh', '-c', 'for path; do cd "$path" || exit 1; done', 'sh', ...needs.map((path) => dirname(path))], { cwd: '/' });
  } catch (error) {
    throw new Error(
      `PostgreSQL cannot run as root, and its own user may not pass ${closed}. ` +
        'Choose a data folder that everybody may pass, or start as an ordinary user.',
      { cause: error },
    );
  }
}
