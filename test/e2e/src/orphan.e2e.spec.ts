import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventually, freePort, MASTER_KEY, tempDir } from '@brain/testing';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const AUDIT = path.join(ROOT, 'services/audit/dist/main.js');
const START = path.join(ROOT, 'infra/local/dist/start/main.js');

describe('a service whose database has not come yet', () => {
  const startAudit = async () => {
    const [httpPort, noDatabase, dir] = [await freePort(), await freePort(), await tempDir()];
    const jwks = path.join(dir.path, 'jwks.json');
    await writeFile(jwks, '{"keys":[]}');
    const child = fork(AUDIT, {
      silent: true,
      env: {
        ...process.env,
        AUDIT_HTTP_PORT: String(httpPort),
        AUDIT_DATABASE_URL: `postgres://nobody:x@127.0.0.1:${String(noDatabase)}/brain`,
        AUDIT_LOG_FOLDER: path.join(dir.path, 'log'),
        AUDIT_LOG_KEY_FILE: path.join(dir.path, 'log.key'),
        BRAIN_AUTH_JWKS_FILE: jwks,
        BRAIN_MASTER_KEY: MASTER_KEY,
      },
    });
    return { child, ended: once(child, 'exit'), httpPort, noDatabase, dir };
  };

  it('says at its door what is missing, and ends with its supervisor', async () => {
    const { child, ended, httpPort, noDatabase, dir } = await startAudit();
    await eventually(async () => {
      const response = await fetch(`http://127.0.0.1:${String(httpPort)}/readyz`);
      expect({ status: response.status, body: (await response.json()) as unknown }).toMatchObject({
        status: 503,
        body: { ready: false, checks: { database: { ready: false, detail: `connect ECONNREFUSED 127.0.0.1:${String(noDatabase)}` } } },
      });
    });
    child.disconnect();
    expect(await ended).toEqual([1, null]);
    await dir.remove();
  });

  it('ends when its supervisor had gone before it was loaded', async () => {
    const { child, ended, dir } = await startAudit();
    child.disconnect();
    expect(await ended).toEqual([1, null]);
    await dir.remove();
  });
});

/** As `ps` sees them; a zombie has ended. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) Z /.test(stat);
}

async function servicesOf(dataDir: string): Promise<readonly number[]> {
  const text = await readFile(path.join(dataDir, 'processes.json'), 'utf8').catch(() => '{}');
  return Object.values(JSON.parse(text) as Record<string, { pid: number }>).map(({ pid }) => pid);
}

async function startArguments(dataDir: string): Promise<readonly string[]> {
  return ['--no-demo', '--data', dataDir, '--http-port', String(await freePort()), '--mqtt-port', String(await freePort()), '--mqtts-port', String(await freePort())];
}

describe('a supervisor that is killed while it starts the services', () => {
  it.each([1, 7])('leaves no service, killed when it had started %i of them', async (started) => {
    const dir = await tempDir();
    const dataDir = path.join(dir.path, 'data');
    await mkdir(dataDir);
    const supervisor = fork(START, await startArguments(dataDir), { silent: true, cwd: ROOT });
    const ended = once(supervisor, 'exit');
    const left = await eventually(async () => {
      const pids = await servicesOf(dataDir);
      expect(pids.length).toBeGreaterThanOrEqual(started);
      return pids;
    }, { timeoutMs: 60_000, everyMs: 1 });
    supervisor.kill('SIGKILL');
    await ended;
    const pids = new Set([...left, ...(await servicesOf(dataDir))]);
    await eventually(async () => expect(await Promise.all([...pids].map(isRunning))).not.toContain(true), { timeoutMs: 30_000 });
    await dir.remove();
  });
});

describe('a program that has started the product over IPC', () => {
  it('takes the product and its services with it when it is killed, also while they start', async () => {
    const dir = await tempDir();
    const dataDir = path.join(dir.path, 'data');
    const fork = `require('node:child_process').fork(${JSON.stringify(START)}, ${JSON.stringify(await startArguments(dataDir))}, { silent: true })`;
    const starter = spawn(process.execPath, ['-e', fork], { cwd: ROOT });
    const ended = once(starter, 'exit');
    await eventually(async () => expect(await servicesOf(dataDir)).not.toEqual([]), { timeoutMs: 60_000 });
    starter.kill('SIGKILL');
    await ended;
    const { pid: supervisor } = JSON.parse(await readFile(path.join(dataDir, 'runtime.json'), 'utf8')) as { pid: number };
    const pids = [supervisor, ...(await servicesOf(dataDir))];
    expect(await isRunning(supervisor)).toBe(true);
    await eventually(async () => expect(await Promise.all(pids.map(isRunning))).not.toContain(true), { timeoutMs: 60_000 });
    // It has stopped in order, as it does at Ctrl-C.
    await expect(access(path.join(dataDir, 'runtime.json'))).rejects.toThrow('ENOENT');
    await dir.remove();
  });
});
