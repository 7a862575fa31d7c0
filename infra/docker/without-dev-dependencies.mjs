// npm counts the development dependencies of linked workspaces as wanted even with --omit=dev: an image would carry
// a whole PostgreSQL for tests. Run in a copy of the manifests, before `npm ci --omit=dev`.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

for (const file of readdirSync('.', { recursive: true })) {
  if (path.basename(file) !== 'package.json' || file.includes('node_modules')) continue;
  const { devDependencies, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
  if (devDependencies !== undefined) writeFileSync(file, JSON.stringify(manifest, null, 2));
}
