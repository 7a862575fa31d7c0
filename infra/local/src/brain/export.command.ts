import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { signedInAs } from '../api/running-stack.js';
import { fileOf, stackOf } from './data-option.js';

export function exportCommand(): Command {
  return new Command('export')
    .description('Writes the events of the record as NDJSON, as the auditor.')
    .argument('<file>', 'the file to write')
    .option('--from <time>', 'first moment, ISO 8601')
    .option('--to <time>', 'last moment, ISO 8601')
    .option('--area <code>', 'only this area and below')
    .option('--subject <stream>', 'only this stream, e.g. case-…')
    .action(async (file: string, options: Record<string, string>, command: Command) => {
      const stack = stackOf(command);
      const client = signedInAs('auditor', stack.folder, stack.url);
      const query = new URLSearchParams(options).toString();
      const body = await client.stream(`/api/audit/events?${query}`, 'application/x-ndjson');
      let lines = 0;
      const counted = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]).on('data', (chunk: Buffer) => {
        for (const byte of chunk) if (byte === 10) lines += 1;
      });
      await pipeline(counted, createWriteStream(fileOf(file)));
      console.log(`${String(lines)} events written to ${file}`);
    });
}
