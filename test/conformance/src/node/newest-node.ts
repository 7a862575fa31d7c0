import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = path.resolve(import.meta.dirname, '../../.cache');

/** The newest that the README names; the oldest is what runs everything else. */
const LINE = '26';
const PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** The program of Node, brought by npm once and kept in the cache; it is no dependency of the product. */
export async function newestNode(): Promise<{ readonly version: string; readonly program: string }> {
  const folder = path.join(cache, `node-${LINE}`);
  const isCached = existsSync(folder);
  if (!isCached) await fetchInto(folder);
  const program = path.join(folder, 'node_modules', PACKAGE, process.platform === 'win32' ? 'node.exe' : 'bin/node');
  const { stdout } = await run(program, ['--version']);
  const version = stdout.trim();
  process.stderr.write(`Node ${version}: ${isCached ? 'found' : 'brought by npm'} in ${path.relative(process.cwd(), folder)}\n`);
  return { version, program };
}

/** Into a folder of its own first: what was interrupted must not look complete. */
async function fetchInto(folder: string): Promise<void> {
  const unfinished = `${folder}.${String(process.pid)}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await writeFile(path.join(unfinished, 'package.json'), '{"private":true}');
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-save', `${PACKAGE}@${LINE}`], { cwd: unfinished, shell: process.platform === 'win32' });
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw new Error(`npm could not bring Node ${LINE} (${PACKAGE}@${LINE})`, { cause: error });
  }
}
