import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SERVICES } from '@brain/contracts';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { compose, root } from './compose-file.fixture.js';

const folder = path.join(root, 'infra/observability');
const boards = path.join(folder, 'grafana/boards');

const board = z.object({
  uid: z.string(),
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })).min(5),
});
const alertRules = z.object({ groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })) });
const scrapes = z.object({
  scrape_configs: z.array(
    z.object({
      job_name: z.string(),
      dns_sd_configs: z.array(z.object({ names: z.array(z.string()), port: z.number() })).optional(),
      static_configs: z.array(z.object({ targets: z.array(z.string()) })).optional(),
    }),
  ),
});

const expressions = [
  ...readdirSync(boards).flatMap((file) => board.parse(JSON.parse(readFileSync(path.join(boards, file), 'utf8'))).panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))),
  ...alertRules.parse(parse(readFileSync(path.join(folder, 'alerts.yaml'), 'utf8'))).groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
];

/** Names of metrics as the programs of this repository define them. */
function defined(): Set<string> {
  const sources = ['libs', 'services'].flatMap((group) =>
    readdirSync(path.join(root, group)).flatMap((project) =>
      readdirSync(path.join(root, group, project, 'src'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
        .map((file) => readFileSync(path.join(root, group, project, 'src', file), 'utf8')),
    ),
  );
  return new Set(sources.flatMap((source) => [...source.matchAll(/\.(?:counter|gauge|histogram)\(\s*'(brain_\w+)'/g)].map(([, name]) => name ?? '')));
}

describe('boards and alert rules', () => {
  it('ask only for metrics that the product counts', () => {
    const asked = expressions.flatMap((expr) => [...expr.matchAll(/\bbrain_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, '')));
    expect(asked.length).toBeGreaterThan(15);
    expect([...new Set(asked)].filter((name) => !defined().has(name))).toEqual([]);
  });

  it('are two boards, one for operations and one for the pipeline', () => {
    expect(readdirSync(boards)).toEqual(['operations.json', 'pipeline-health.json']);
  });
});

describe('Prometheus', () => {
  const jobs = scrapes.parse(parse(readFileSync(path.join(folder, 'prometheus.yaml'), 'utf8'))).scrape_configs;

  it('asks every service, at the port it has in its container', () => {
    const [found] = jobs.find(({ job_name: name }) => name === 'brain')?.dns_sd_configs ?? [];
    expect(found?.names).toEqual([...SERVICES]);
    expect(found?.port).toBe(8080);
  });

  it('asks no host that is not a container', () => {
    const hosts = jobs.flatMap(({ static_configs: groups = [] }) => groups.flatMap(({ targets }) => targets)).map((target) => target.split(':')[0] ?? '');
    for (const host of hosts) expect(Object.keys(compose.services)).toContain(host);
  });
});
