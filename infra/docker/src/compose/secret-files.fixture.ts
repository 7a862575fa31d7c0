import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tempDir } from '@brain/testing';
import { afterAll, beforeAll } from '@jest/globals';
import { root, type ComposeService } from './compose-file.fixture.js';

export interface SecretFiles {
  names(): string[];
  content(name: string): string;
  folder(): string;
  /** What a service is given, with the paths its secrets have here. A path that is not mounted is left as it is. */
  environmentOf(service: ComposeService): Record<string, string>;
}

/** What make-secrets.sh makes, once for the spec file. */
export function secretFiles(): SecretFiles {
  let folder = '';
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const made = await tempDir('brain-secrets-');
    folder = made.path;
    remove = () => made.remove();
    execFileSync(path.join(root, 'infra/docker/make-secrets.sh'), [folder], { stdio: 'pipe' });
  }, 60_000);
  afterAll(() => remove());

  return {
    names: () => readdirSync(folder),
    folder: () => folder,
    content: (name) => readFileSync(path.join(folder, name), 'utf8'),
    environmentOf({ environment, secrets }) {
      const here = new Map(secrets.map(({ source, target }) => [target, path.join(folder, source)]));
      return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, here.get(value) ?? value]));
    },
  };
}
