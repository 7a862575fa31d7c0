import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { SERVICES } from '@brain/contracts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { loadProvisionConfig } from '../provision/provision-config.js';
import { compose, inProfile, ours, programOf, root } from './compose-file.fixture.js';
import { secretFiles } from './secret-files.fixture.js';

const answers = z.record(z.string(), z.object({ problems: z.array(z.string()), unknown: z.array(z.string()) }));
const containers = ours.flatMap(([name, service]) => {
  const program = programOf(service);
  return program === undefined ? [] : [{ name, program, service }];
});
const secrets = secretFiles();

describe('the environment in docker-compose.yml', () => {
  let checked: z.output<typeof answers>;

  beforeAll(() => {
    const input = containers.map(({ name, program, service }) => [name, { program, environment: secrets.environmentOf(service) }]);
    const script = path.join(root, 'infra/docker/check-environments.mjs');
    // Nothing of ours: a container has only what the file gives it.
    const output = execFileSync(process.execPath, [script], { input: JSON.stringify(Object.fromEntries(input)), encoding: 'utf8', env: {} });
    checked = answers.parse(JSON.parse(output));
  }, 120_000);

  it('is there for every service, in both profiles', () => {
    for (const profile of ['core', 'full'] as const) {
      const programs = inProfile(profile).flatMap(([, service]) => programOf(service) ?? []);
      expect(programs.sort()).toEqual([...SERVICES].sort());
    }
  });

  it.each(containers)('of $name is what its own configuration accepts, and nothing it would not read', ({ name }) => {
    expect(checked[name]).toEqual({ problems: [], unknown: [] });
  });

  it('of the provisioning job has the address of every service', () => {
    const { provision } = compose.services;
    if (provision === undefined) throw new Error('There is no provisioning job');
    const config = loadProvisionConfig(secrets.environmentOf(provision));
    expect(Object.keys(config.services)).toEqual([...SERVICES]);
    expect(config.database).toBe('brain');
  });
});
