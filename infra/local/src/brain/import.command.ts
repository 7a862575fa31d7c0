import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Argument, Command } from 'commander';
import { signedInAs } from '../api/running-stack.js';
import type { ApiClient } from '../api/api-client.js';
import { fileOf, stackOf } from './data-option.js';
import { keepTokens } from './device-tokens.js';
import type { ImportAnswer } from './import-answer.js';
import { importRules } from './import-rules.js';

const KINDS = ['areas', 'staff', 'devices', 'rules'] as const;
type ImportKind = (typeof KINDS)[number];

export function importCommand(): Command {
  return new Command('import')
    .description('Brings areas (CSV or GeoJSON), staff or devices (CSV), or rules (JSON) in, as the administrator.')
    .addArgument(new Argument('<kind>', 'what the file holds').choices(KINDS))
    .argument('<file>', '.csv, .geojson or .json')
    .option('--atomic', 'all or nothing', false)
    .action(async (kind: ImportKind, file: string, options: { atomic: boolean }, command: Command) => {
      const stack = stackOf(command);
      const client = signedInAs('administrator', stack.folder, stack.url);
      const answer = kind === 'rules' ? await importRules(client, fileOf(file)) : await importFile(client, kind, fileOf(file), options.atomic);
      report(answer);
      if (answer.devices !== undefined) console.log(keepTokens(fileOf(file), answer.devices));
    });
}

/** The same file again is the same request: a device must not be registered a second time. */
function importFile(client: ApiClient, kind: ImportKind, file: string, atomic: boolean): Promise<ImportAnswer> {
  const contentType = ['.geojson', '.json'].includes(path.extname(file).toLowerCase()) ? 'application/geo+json' : 'text/csv';
  const content = readFileSync(file);
  const headers = { 'idempotency-key': `import-${createHash('sha256').update(content).digest('base64url')}` };
  return client.post(`/api/${kind}/import${atomic ? '?atomic=true' : ''}`, content, { contentType, headers });
}

function report({ imported, unchanged, refused }: ImportAnswer): void {
  console.log(`${String(imported)} imported, ${String(unchanged ?? 0)} unchanged, ${String(refused.length)} refused`);
  for (const { line, index, code, path: field, message } of refused) {
    const place = line === undefined ? (index === undefined ? '' : `number ${String(index + 1)}: `) : `line ${String(line)}: `;
    console.log(`  ${place}${code} (${field})${message === undefined ? '' : ` ${message}`}`);
  }
  if (refused.length > 0) process.exitCode = 1;
}
