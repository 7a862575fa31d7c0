import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tempDir, type TempDir } from '@brain/testing';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const BUILD = pathToFileURL(path.join(ROOT, 'infra/local/build.mjs')).href;
const run = promisify(execFile);

/** Says "ready", and loads its other module when it is told to. */
const MAIN = `process.stdin.once('data', () => import('./late.js').then(({ late }) => console.log(late), ({ code }) => console.log(code)).finally(() => process.exit()));
console.log('ready');
`;

describe('the build', () => {
  let workspace: TempDir;
  const programs: ChildProcessWithoutNullStreams[] = [];
  beforeEach(async () => {
    workspace = await tempDir();
    for (const group of ['libs', 'services', 'infra', 'dashboards', 'test']) await mkdir(path.join(workspace.path, group));
    await mkdir(path.join(workspace.path, 'libs/program/src'), { recursive: true });
    await writeFile(path.join(workspace.path, 'libs/program/package.json'), '{"name":"@brain/program","type":"module"}');
    await copyFile(path.join(ROOT, '.swcrc'), path.join(workspace.path, '.swcrc'));
    await source('main.ts', MAIN);
    await source('late.ts', "export const late: string = 'first';\n");
  });
  afterEach(async () => {
    for (const program of programs.splice(0)) program.kill('SIGKILL');
    await workspace.remove();
  });

  const source = (name: string, text: string) => writeFile(path.join(workspace.path, 'libs/program/src', name), text);
  /** In a process of its own, as every command does it; gives how many files it built. */
  const build = async (): Promise<number> => {
    const script = `const { build } = await import(${JSON.stringify(BUILD)}); console.log(await build(${JSON.stringify(workspace.path)}));`;
    return Number((await run(process.execPath, ['--input-type=module', '-e', script])).stdout);
  };
  const built = () => readdirSync(path.join(workspace.path, 'libs/program/dist')).filter((name) => name.endsWith('.js')).sort();
  const started = async () => {
    const program = spawn(process.execPath, [path.join(workspace.path, 'libs/program/dist/main.js')]);
    programs.push(program);
    await once(program.stdout, 'data');
    return async () => {
      const said = once(program.stdout, 'data') as Promise<[Buffer]>;
      program.stdin.write('now\n');
      return (await said)[0].toString().trim();
    };
  };

  it('builds what has changed and nothing else', async () => {
    expect(await build()).toBe(2);
    expect(await build()).toBe(0);
    await source('late.ts', "export const late: string = 'second';\n");
    expect(await build()).toBe(1);
    await rm(path.join(workspace.path, 'libs/program/dist/main.js'));
    expect(await build()).toBe(1);
    expect(await (await started())()).toBe('second');
  });

  it('started twice at once builds once, and both find everything built', async () => {
    expect((await Promise.all([build(), build()])).sort()).toEqual([0, 2]);
    expect(built()).toEqual(['late.js', 'main.js']);
  });

  it('goes on where a build that was killed has left its lock', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'exit');
    await mkdir(path.join(workspace.path, '.cache'));
    await writeFile(path.join(workspace.path, '.cache/build.lock'), String(dead.pid));
    expect(await build()).toBe(2);
  });

  it('leaves a running program the modules that it has not loaded yet, though the next build has them no more', async () => {
    await build();
    const [one, other] = [await started(), await started()];
    await source('late.ts', "export const late: string = 'second';\n");
    await build();
    expect(await one()).toBe('second');
    await rm(path.join(workspace.path, 'libs/program/src/late.ts'));
    await build();
    expect(await other()).toBe('second');
    await source('main.ts', `${MAIN}// changed\n`);
    await build();
    expect(built()).toEqual(['main.js']);
  });

  it('that fails says which file, and leaves the build before it', async () => {
    await build();
    await source('late.ts', 'export const late = ;\n');
    await source('main.ts', 'console.log("never built");\n');
    await expect(build()).rejects.toThrow(/late\.ts/);
    expect(await readFile(path.join(workspace.path, 'libs/program/dist/main.js'), 'utf8')).toContain('ready');
  });
});
