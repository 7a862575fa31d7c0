import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '@brain/local/api-client';
import { importAreas, registerDevice, startProduct, type RunningProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';
import { listenerDoor } from '../faults/device-door.js';
import { LoadDevice } from '../faults/load-device.js';
import { expectReadings } from '../faults/reckoning-readings.js';
import { SmallDisk } from './small-disk.js';

const PATIENT = { timeoutMs: 120_000, everyMs: 250 };
const disk = await SmallDisk.mount();
if (typeof disk === 'string') console.log(`full disk: skipped, a small disk cannot be mounted here: ${disk}`);

interface Refused {
  readonly message: string;
  readonly status: number;
}

(typeof disk === 'string' ? describe.skip : describe)('a product whose disk becomes full', () => {
  let product: RunningProduct | undefined;
  let admin: ApiClient;
  let devices: readonly LoadDevice[] = [];
  /** Names of devices whose registration was answered with 201. */
  const registered: string[] = [];
  let attempts = 0;

  const running = (): RunningProduct => {
    if (product === undefined) throw new Error('The product did not start');
    return product;
  };

  beforeAll(async () => {
    product = await startProduct({ dataDir: path.join(smallDisk().path, 'data') });
    const { mqttUrl } = product;
    admin = product.as('administrator'); // signed in once: on a full disk no sign-in can be recorded
    await importAreas(admin);
    const accounts = await Promise.all([1, 2, 3].map((n) => registerDevice(admin, `sends ${String(n)}`)));
    devices = accounts.map((account) => new LoadDevice(listenerDoor(mqttUrl), account, false));
    await eventually(() => expect(devices.every(({ acknowledged }) => acknowledged > 3)).toBe(true), PATIENT);
  });
  afterEach(() => smallDisk().free());
  afterAll(async () => {
    for (const device of devices) device.drop();
    await product?.stop();
    await smallDisk().unmount();
  });

  const register = async (): Promise<Refused | undefined> => {
    const name = `device ${String((attempts += 1))}`;
    try {
      await registerDevice(admin, name);
      registered.push(name);
      return undefined;
    } catch (error) {
      return error as Refused;
    }
  };
  const readiness = async () => {
    const response = await fetch(`${running().url}/readyz`);
    return { status: response.status, checks: ((await response.json()) as { checks: Record<string, { detail?: string }> }).checks };
  };
  const fillUntilRefused = () =>
    eventually(async () => {
      await smallDisk().fill();
      expect(await register()).toMatchObject({ status: 503 });
    }, PATIENT);
  const untilWell = async () => {
    await smallDisk().free();
    await eventually(async () => {
      expect((await readiness()).status).toBe(200);
      expect(await register()).toBeUndefined();
    }, PATIENT);
  };

  it('says so at /readyz, refuses what it cannot store, and goes on by itself when there is space', async () => {
    await fillUntilRefused();
    await eventually(async () => expect((await readiness()).checks.storage?.detail).toMatch(/^STORAGE_FULL: 0 MB are free/), PATIENT);
    expect(await register()).toMatchObject({ status: 503, message: expect.stringContaining('STORAGE_FULL') });
    await untilWell();
  });

  it('comes back though PostgreSQL was killed while there was no space to start it again', async () => {
    await fillUntilRefused();
    const [pid] = (await readFile(path.join(running().dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
    await smallDisk().fill();
    await eventually(async () => expect(await register()).toMatchObject({ status: 503 }), PATIENT);
    await untilWell();
  });

  it('has everything that was acknowledged, in its lists, its readings, its tables and its log', async () => {
    await Promise.all(devices.map((device) => device.stop()));
    await expectReadings(admin, devices);
    await eventually(async () => {
      const names: string[] = [];
      for await (const { name } of admin.list<{ name: string }>('/api/devices')) names.push(name);
      expect(names).toEqual(expect.arrayContaining(registered));
    }, PATIENT);
    const vkey = (await (await fetch(`${running().url}/api/audit/log/vkey`)).text()).trim();
    await eventually(async () => expect(await running().brain('replay')).toMatchObject({ code: 0 }), PATIENT);
    expect(await running().brain('verify', path.join(running().dataDir, 'log'), '--vkey', vkey)).toMatchObject({ code: 0 });
  });
});

function smallDisk(): SmallDisk {
  if (typeof disk === 'string') throw new Error(disk);
  return disk;
}
