import { existsSync } from 'node:fs';
import path from 'node:path';
import type { StaffView } from '@brain/contracts';
import type { ApiClient } from '../api/api-client.js';
import { signedInAs } from '../api/running-stack.js';
import { seedDemo } from '../demo/seed-demo.js';
import type { SupervisedProcess } from './child-process.js';
import type { RunningStack } from './stack.js';
import { writeWhole } from './write-whole.js';

/** The demo: the district written through the API once, then its devices as real MQTT clients. */
export class DemoStart {
  private simulator: SupervisedProcess | undefined;

  constructor(
    private readonly root: string,
    private readonly stack: RunningStack,
    private readonly say: (line: string) => void,
  ) {}

  async start(): Promise<void> {
    const { folder } = this.stack;
    if (!existsSync(folder.demoDevices)) await this.seed();
    this.simulator = this.stack.supervisor.add({
      name: 'simulator',
      script: path.join(this.root, 'infra/local/dist/simulator/main.js'),
      logFile: path.join(folder.logs, 'simulator.log'),
      nodeArgs: ['--max-semi-space-size=2', '--max-old-space-size=256'],
      env: { SIMULATOR_MQTT_URL: this.stack.mqttUrl, SIMULATOR_DEVICES_FILE: folder.demoDevices },
    });
    this.simulator.start();
    await this.simulator.ready();
    this.say('The demo district is alive: its devices publish, and now and then one of them has a fault.');
  }

  async stop(): Promise<void> {
    await this.simulator?.stop();
  }

  private async seed(): Promise<void> {
    this.say('Loading the demo district (once, a few seconds) …');
    const { folder, url } = this.stack;
    const admin = signedInAs('administrator', folder, url);
    const { staff, devices } = await seedDemo(admin);
    const worker = staff.find(isWorkerOnDuty);
    if (worker !== undefined) await linkAccount(signedInAs('security-administrator', folder, url), worker);
    const known = devices.map(({ deviceId, kind, accessToken }) => ({ deviceId, kind, accessToken }));
    // Written last: a crash before this line seeds again, which changes nothing that is there.
    writeWhole(folder.demoDevices, JSON.stringify(known), 0o600);
  }
}

function isWorkerOnDuty({ roles, availability }: StaffView): boolean {
  return roles.includes('grid-worker') && availability === 'on-duty';
}

/** The grid-worker account becomes hers, so that signing in as grid-worker shows somebody's tasks. */
async function linkAccount(security: ApiClient, { staffId, name, areaCodes }: StaffView): Promise<void> {
  const { items } = await security.get<{ items: readonly { accountId: string; username: string }[] }>('/api/accounts');
  const account = items.find(({ username }) => username === 'grid-worker');
  if (account === undefined) return;
  await security.put(`/api/accounts/${account.accountId}`, { name, roles: ['grid-worker'], areaCodes, staffId });
}
