import { once } from 'node:events';
import { Command } from 'commander';
import { parseSigningKey, parseVerifierKey, type NoteVerifier } from '@brain/verifiable-log';
import { fileOf } from './data-option.js';
import { WitnessMemory } from './witness-memory.js';
import { witnessServer } from './witness-server.js';

interface WitnessOptions {
  readonly state: string;
  readonly name: string;
  readonly listen: string;
  readonly log: readonly string[];
}

export function witnessCommand(): Command {
  return new Command('witness')
    .description('Runs an independent witness: it cosigns the checkpoints of the logs you name, and only what extends what it saw before (C2SP tlog-witness).')
    .requiredOption('--state <folder>', 'its key and its memory; never restore an old copy of it')
    .requiredOption('--log <vkey>', 'public key of a log to witness; the name of the key is its origin; may be repeated', collect, [])
    .option('--name <name>', 'the name it signs with, at the first start', 'witness.local')
    .option('--listen <address>', 'where logs reach it', '127.0.0.1:8790')
    .action(async ({ state, name, listen, log }: WitnessOptions) => {
      const logs = logsOf(log.map(parseVerifierKey));
      const memory = await WitnessMemory.open(fileOf(state), name);
      try {
        const signer = parseSigningKey(memory.skey);
        const server = witnessServer({ signer, memory, logs, onRefusal: ({ status, code, reason }) => console.error(`refused ${status} ${code}: ${reason}`) });
        const { host, port } = addressOf(listen);
        await once(server.listen(port, host), 'listening');
        console.log(`Witness ${signer.vkey}\nlistens on http://${host}:${port}/ for ${[...logs.keys()].join(', ')}`);
        await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
        server.close();
        server.closeIdleConnections();
        await once(server, 'close');
      } finally {
        await memory.close();
      }
    });
}

function logsOf(verifiers: readonly NoteVerifier[]): ReadonlyMap<string, readonly NoteVerifier[]> {
  const logs = new Map<string, NoteVerifier[]>();
  for (const verifier of verifiers) logs.set(verifier.name, [...(logs.get(verifier.name) ?? []), verifier]);
  return logs;
}

function addressOf(listen: string): { host: string; port: number } {
  const colon = listen.lastIndexOf(':');
  const port = Number(listen.slice(colon + 1));
  if (colon < 1 || !Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--listen ${listen} is not host:port`);
  return { host: listen.slice(0, colon), port };
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
