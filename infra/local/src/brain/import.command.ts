import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Argument, Command } from 'commander';
import { signedInAs } from '../api/running-stack.js';
import type { ApiClient } from '../api/api-client.js';
import { fileOf, stackOf } from './data-option.js';

const KINDS = ['areas', 'staff', 'devices', 'rules'] as const;
type ImportKind = (typeof KINDS)[number];

interface ImportAnswer {
  readonly imported: number;
  readonly unchanged?: number;
  readonly refused: readonly { readonly line?: number; readonly code: string; readonly path: string; readonly message?: string }[];
}

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
    });
}

function importFile(client: ApiClient, kind: ImportKind, file: string, atomic: boolean): Promise<ImportAnswer> {
  const contentType = ['.geojson', '.json'].includes(path.extname(file).toLowerCase()) ? 'application/geo+json' : 'text/csv';
  return client.post(`/api/${kind}/import${atomic ? '?atomic=true' : ''}`, readFileSync(file), { contentType });
}

/** One rule or a list of them, each as `POST /api/rules` takes it. The name is the key of a repeat. */
async function importRules(client: ApiClient, file: string): Promise<ImportAnswer> {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const rules = (Array.isArray(content) ? content : [content]) as readonly { readonly name?: unknown }[];
  for (const rule of rules) {
    const key = Buffer.from(String(rule.name)).toString('base64url').slice(0, 150);
    await client.post('/api/rules', rule, { headers: { 'idempotency-key': `import-${key}` } });
  }
  return { imported: rules.length, refused: [] };
}

function report({ imported, unchanged, refused }: ImportAnswer): void {
  console.log(`${String(imported)} imported, ${String(unchanged ?? 0)} unchanged, ${String(refused.length)} refused`);
  for (const { line, code, path: field, message } of refused) {
    console.log(`  ${line === undefined ? '' : `line ${String(line)}: `}${code} (${field})${message === undefined ? '' : ` ${message}`}`);
  }
  if (refused.length > 0) process.exitCode = 1;
}
