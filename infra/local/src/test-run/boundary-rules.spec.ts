import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { knownFolderCycles } from '../../test-run/boundary-rules.mjs';

const here = import.meta.dirname;
const cruiser = path.resolve(here, '../../../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const workspace = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'boundaries-')));

const projects = {
  'libs/contracts': { name: '@brain/contracts', tags: ['type:contracts', 'scope:shared'] },
  'libs/event-store': { name: '@brain/event-store', tags: ['type:lib', 'scope:shared'] },
  'libs/testing': { name: '@brain/testing', tags: ['type:testing', 'scope:shared'] },
  'services/alerting': { name: '@brain/alerting', tags: ['type:service', 'scope:alerting'] },
  'services/audit': { name: '@brain/audit', tags: ['type:service', 'scope:audit'] },
  'dashboards/operations': { name: '@brain/operations-dashboard', tags: ['type:dashboard', 'scope:shared'] },
  'infra/local': { name: '@brain/local', tags: ['type:local', 'scope:shared'] },
  'test/e2e': { name: '@brain/test-e2e', tags: ['type:e2e', 'scope:shared'] },
};

/** A small workspace: each file with what it imports. */
const files: Record<string, readonly string[]> = {
  'libs/contracts/src/index.ts': ['./area.js'],
  'libs/contracts/src/area.ts': [],
  'libs/contracts/src/leans-on-node.ts': ['node:fs'],
  'libs/contracts/src/leans-on-node.spec.ts': ['node:fs'],
  'libs/contracts/src/leans-on-nest.ts': ['@nestjs/common'],
  'libs/contracts/src/leans-on-a-lib.ts': ['@brain/event-store'],
  'libs/event-store/src/index.ts': ['@brain/contracts'],
  'libs/event-store/src/pure.ts': [],
  'libs/event-store/src/names-itself.ts': ['@brain/event-store/pure'],
  'libs/event-store/src/leans-on-a-service.ts': ['@brain/audit'],
  'libs/event-store/src/one.ts': ['./two.js'],
  'libs/event-store/src/two.ts': ['./one.js'],
  'libs/testing/src/index.ts': ['@brain/event-store'],
  'libs/testing/src/leans-on-local.ts': ['@brain/local'],
  'services/audit/src/index.ts': ['@brain/contracts', '@brain/event-store', '@brain/testing', '@nestjs/common', 'node:fs'],
  'services/alerting/src/index.ts': [],
  'services/alerting/src/leans-on-another.ts': ['@brain/audit'],
  'services/alerting/src/leans-on-local.ts': ['@brain/local'],
  'services/alerting/src/goes-by-path.ts': ['../../../libs/contracts/src/area.js'],
  'services/alerting/src/takes-what-is-not-exported.ts': ['@brain/contracts/src/area.js'],
  'services/alerting/src/first/a.ts': ['../second/b.js'],
  'services/alerting/src/first/c.ts': [],
  'services/alerting/src/second/b.ts': [],
  'services/alerting/src/second/d.ts': ['../first/c.js'],
  // `alerts` and `rules` are a known cycle of folders; `third` joins it.
  'services/alerting/src/alerts/a.ts': ['../rules/a.js', '../third/a.js'],
  'services/alerting/src/rules/a.ts': [],
  'services/alerting/src/rules/b.ts': ['../alerts/b.js'],
  'services/alerting/src/alerts/b.ts': [],
  'services/alerting/src/third/a.ts': [],
  'services/alerting/src/third/b.ts': ['../rules/a.js'],
  'services/alerting/src/domain/well.ts': ['@brain/contracts', '@brain/event-store/pure', './helper.js', 'zod'],
  'services/alerting/src/domain/helper.ts': [],
  'services/alerting/src/domain/leaves.ts': ['../first/c.js'],
  'services/alerting/src/domain/leans-on-node.ts': ['node:fs'],
  'services/alerting/src/domain/leans-on-nest.ts': ['@nestjs/common'],
  'services/alerting/src/domain/leans-on-pg.ts': ['pg'],
  'services/alerting/src/domain/leans-on-the-store.ts': ['@brain/event-store'],
  'services/alerting/src/domain/leans-on-a-lib.ts': ['@brain/testing'],
  'services/alerting/src/domain/well.spec.ts': ['@brain/testing', '../first/c.js', 'node:fs'],
  'dashboards/operations/src/index.ts': ['@brain/contracts'],
  'dashboards/operations/src/leans-on-a-lib.ts': ['@brain/event-store'],
  'infra/local/src/index.ts': ['@brain/event-store', '@brain/testing'],
  'infra/local/src/leans-on-a-service.ts': ['@brain/alerting'],
  'test/e2e/src/index.ts': ['@brain/local', '@brain/testing', '@brain/contracts'],
  'test/e2e/src/leans-on-a-service.ts': ['@brain/alerting'],
};

describe('the boundaries of the workspace', () => {
  let found: readonly string[] = [];

  beforeAll(async () => {
    layOut();
    found = await violations();
  }, 60_000);

  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it('finds every import that is forbidden, and no other', () => {
    expect(found).toEqual(
      [
        'boundary-of-dashboards-operations: dashboards/operations/src/leans-on-a-lib.ts',
        'boundary-of-infra-local: infra/local/src/leans-on-a-service.ts',
        'boundary-of-libs-contracts: libs/contracts/src/leans-on-a-lib.ts',
        'boundary-of-libs-event-store: libs/event-store/src/leans-on-a-service.ts',
        'boundary-of-libs-testing: libs/testing/src/leans-on-local.ts',
        'boundary-of-services-alerting: services/alerting/src/leans-on-another.ts',
        'boundary-of-services-alerting: services/alerting/src/leans-on-local.ts',
        'boundary-of-test-e2e: test/e2e/src/leans-on-a-service.ts',
        'contracts-use-framework: libs/contracts/src/leans-on-nest.ts',
        'contracts-use-node: libs/contracts/src/leans-on-node.ts',
        'domain-leaves-its-folder: services/alerting/src/domain/leaves.ts',
        'domain-uses-framework: services/alerting/src/domain/leans-on-nest.ts',
        'domain-uses-framework: services/alerting/src/domain/leans-on-pg.ts',
        'domain-uses-lib: services/alerting/src/domain/leans-on-a-lib.ts',
        'domain-uses-lib: services/alerting/src/domain/leans-on-the-store.ts',
        'domain-uses-node: services/alerting/src/domain/leans-on-node.ts',
        'other-project-by-path: services/alerting/src/goes-by-path.ts',
        'own-project-by-name: libs/event-store/src/names-itself.ts',
        'unresolvable: services/alerting/src/takes-what-is-not-exported.ts',
        'cycle-of-files: libs/event-store/src/one.ts',
        // Some of the above import each other as whole projects.
        'cycle-of-folders: infra/local/src',
        'cycle-of-folders: libs/contracts/src',
        'cycle-of-folders: libs/event-store/src',
        'cycle-of-folders: libs/testing/src',
        'cycle-of-folders: services/alerting/src',
        'cycle-of-folders: services/audit/src',
        'cycle-of-folders: services/alerting/src/first',
        'cycle-of-folders: services/alerting/src/second',
        'cycle-of-folders: services/alerting/src/third',
        'cycle-of-folders-grows: services/alerting/src/alerts',
      ].sort(),
    );
  });

  it('knows of a cycle of folders only once', () => {
    const folders = knownFolderCycles.flatMap((cycle) => cycle.folders.map((folder) => `${cycle.in}/${folder}`));
    expect(folders).toEqual([...new Set(folders)]);
  });
});

function layOut(): void {
  for (const [folder, { name, tags }] of Object.entries(projects)) {
    const exports = { '.': './src/index.ts', './pure': './src/pure.ts' };
    write(`${folder}/package.json`, JSON.stringify({ name, type: 'module', exports, nx: { tags } }));
    mkdirSync(path.join(workspace, 'node_modules/@brain'), { recursive: true });
    symlinkSync(path.join(workspace, folder), path.join(workspace, 'node_modules', name));
  }
  for (const name of ['@nestjs/common', 'pg', 'zod']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  for (const [file, imports] of Object.entries(files)) write(file, imports.map((from) => `import '${from}';\n`).join(''));
  write('package.json', JSON.stringify({ name: 'workspace', type: 'module' }));
  write(
    'rules.mjs',
    `import config from ${JSON.stringify(path.resolve(here, '../../../../.dependency-cruiser.mjs'))};
     import { boundaryRules } from ${JSON.stringify(path.resolve(here, '../../test-run/boundary-rules.mjs'))};
     import { listProjects } from ${JSON.stringify(path.resolve(here, '../../test-run/projects.mjs'))};
     export default { ...config, forbidden: boundaryRules(listProjects(import.meta.dirname)) };`,
  );
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(workspace, file)), { recursive: true });
  writeFileSync(path.join(workspace, file), text);
}

async function violations(): Promise<readonly string[]> {
  const args = [cruiser, '--config', 'rules.mjs', '--output-type', 'json', 'libs', 'services', 'dashboards', 'infra', 'test'];
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: workspace, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout === '') reject(error ?? new Error(stderr));
      else resolve(stdout);
    });
  });
  const { summary } = JSON.parse(output) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`))].sort();
}
