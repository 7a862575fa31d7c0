import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ours, root, text } from './compose-file.fixture.js';

const dockerfile = readFileSync(path.join(root, 'infra/docker/Dockerfile'), 'utf8');
const stages = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, from = '', name = '']) => ({ from, name }));

describe('the Dockerfile', () => {
  it('starts from one image, pinned by version', () => {
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-[a-z]+-slim$/m);
    for (const { from } of stages) expect(['${NODE_IMAGE}', ...stages.map(({ name }) => name)]).toContain(from);
  });

  it('leaves a user by number, production dependencies and a health check', () => {
    const service = dockerfile.slice(dockerfile.indexOf('AS service'));
    expect(service).toMatch(/^USER [1-9]\d+:[1-9]\d+$/m);
    expect(service).toMatch(/^HEALTHCHECK /m);
    expect(service).not.toMatch(/COPY \. /);
    expect(dockerfile).toMatch(/npm ci --omit=dev --workspace/);
    expect(dockerfile).not.toMatch(/^(ARG|ENV) \w*(PASSWORD|SECRET|TOKEN)/m);
  });

  it('can build what docker-compose.yml asks for', () => {
    for (const [name, { build }] of ours) {
      expect([name, stages.map((stage) => stage.name)]).toEqual([name, expect.arrayContaining([build?.target])]);
      expect([name, existsSync(path.join(root, build?.args.PROJECT ?? '', 'src/main.ts'))]).toEqual([name, true]);
      expect(build?.target === 'gateway').toBe(build?.args.PROJECT === 'services/operations-gateway');
    }
  });
});

describe('.env.example', () => {
  it('has every variable that docker-compose.yml takes, with the same default', () => {
    const taken = new Map([...text.matchAll(/(?<!\$)\$\{(\w+):-([^}]*)\}/g)].map(([, name = '', value = '']) => [name, value]));
    const example = readFileSync(path.join(root, '.env.example'), 'utf8');
    const shown = new Map([...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
    shown.delete('COMPOSE_PROFILES');
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(taken));
  });
});
