import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadProvisionConfig } from '../provision/provision-config.js';
import { compose, ours, programOf, root, type ComposeService } from './compose-file.fixture.js';
import { secretFiles } from './secret-files.fixture.js';

const overlay = z
  .object({
    services: z.record(z.string(), z.strictObject({ environment: z.record(z.string(), z.string().nullable()), secrets: z.array(z.string()) })),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
  })
  .parse(
    parse(
      readFileSync(path.join(root, 'infra/docker/compose.kms.yml'), 'utf8')
        .replaceAll(/\$\{BRAIN_MASTER_KEY_KMS_URL:\?[^}]*\}/g, 'https://openbao.example:8200')
        .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1'),
      // Compose's own tag: what the file below says is taken away.
      { merge: true, customTags: [{ tag: '!reset', resolve: () => null }] },
    ),
  );

/** As Compose lays one file over the other. */
const together = (name: string, service: ComposeService): ComposeService => {
  const { environment = {}, secrets = [] } = overlay.services[name] ?? {};
  const whole = Object.entries({ ...service.environment, ...environment });
  const mounts = secrets.map((source) => ({ source, target: `/run/secrets/${source}` }));
  return { ...service, environment: Object.fromEntries(whole.flatMap(([key, value]) => (value === null ? [] : [[key, value]]))), secrets: [...service.secrets, ...mounts] };
};
const readers = ours.filter(([, { environment }]) => 'BRAIN_MASTER_KEY_FILE' in environment);
const secrets = secretFiles();

describe('compose.kms.yml over docker-compose.yml', () => {
  let checked: Readonly<Record<string, { readonly problems: readonly string[]; readonly unknown: readonly string[] }>>;
  beforeAll(() => {
    const programs = readers.flatMap(([name, service]) => {
      const program = programOf(service);
      return program === undefined ? [] : [[name, { program, environment: secrets.environmentOf(together(name, service)) }] as const];
    });
    const script = path.join(root, 'infra/docker/check-environments.mjs');
    const input = JSON.stringify(Object.fromEntries(programs));
    checked = JSON.parse(execFileSync(process.execPath, [script], { input, encoding: 'utf8', env: {} })) as typeof checked;
  }, 120_000);

  it('is for every container that reads the master key, and for no other', () => {
    expect(Object.keys(overlay.services).sort()).toEqual(readers.map(([name]) => name).sort());
    expect(Object.keys(checked)).toHaveLength(readers.length - 1);
  });

  it('leaves each an environment that its own configuration accepts, with the KMS alone', () => {
    for (const [name, answer] of Object.entries(checked)) expect([name, answer]).toEqual([name, { problems: [], unknown: [] }]);
    const { provision } = compose.services;
    if (provision === undefined) throw new Error('There is no provisioning job');
    const { masterKeys } = loadProvisionConfig(secrets.environmentOf(together('provision', provision))).kit;
    expect(masterKeys).toMatchObject({ kms: { url: 'https://openbao.example:8200', mount: 'transit', key: 'community-brain' }, older: null });
  });

  it('mounts the files it names, and keeps no secret in a variable', () => {
    expect(Object.keys(overlay.secrets).sort()).toEqual(['kms-ca.crt', 'kms-token']);
    for (const [name, { environment, secrets: mounted }] of Object.entries(overlay.services)) {
      const files = Object.entries(environment).flatMap(([variable, value]) => (variable.endsWith('_FILE') && value !== null ? [value] : []));
      expect([name, files.sort()]).toEqual([name, mounted.map((source) => `/run/secrets/${source}`).sort()]);
    }
  });
});
