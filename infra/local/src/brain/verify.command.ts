import { Command, InvalidArgumentError } from 'commander';
import { isLogFault } from '@brain/verifiable-log';
import { checkRecord } from './check-record.js';
import { fileOf } from './data-option.js';
import { isAddress } from './served-log.js';

interface VerifyOptions {
  readonly vkey: string;
  readonly origin?: string;
  readonly checkpoint?: string;
  readonly keep: boolean;
  readonly log?: string;
  readonly witness: readonly string[];
  readonly witnesses: number;
  readonly header: readonly string[];
}

const NOT_PROVEN = 1;
const NOT_CHECKED = 2;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Checks a proof file with its event, an evidence package, a whole exported log, or a live log against a checkpoint you kept.\nExit code 0: proven. 1: not proven, with the reason. 2: could not be checked.')
    .argument('<target>', 'a .tlog-proof file, an evidence package (.zip or its folder), the folder of a log, or its address (https://…/api/audit/log)')
    .argument('[event]', 'for a proof file: the event as JSON')
    .requiredOption('--vkey <key>', "the log's public key, or a file that holds it; get it by another way than the log")
    .option('--origin <name>', 'the name of the log; that of the key when not given')
    .option('--checkpoint <file>', 'a checkpoint you kept: the log must continue it')
    .option('--keep', 'afterwards keep the newer checkpoint in that file', false)
    .option('--log <target>', 'address or folder of the log: compares an evidence package with a kept checkpoint of another size')
    .option('--witness <key>', 'public key of a witness; may be repeated', collect, [])
    .option('--witnesses <n>', 'how many of them must have cosigned', wholeNumber, 0)
    .option('--header <line>', "sent to a live log, e.g. 'Authorization: Bearer …'; may be repeated", collect, [])
    .action(async (target: string, event: string | undefined, options: VerifyOptions) => {
      const { exitCode, line } = await outcome(target, event, options);
      if (exitCode === 0) console.log(line);
      else console.error(line);
      process.exitCode = exitCode;
    });
}

async function outcome(target: string, event: string | undefined, options: VerifyOptions): Promise<{ exitCode: number; line: string }> {
  try {
    const proven = await checkRecord({
      target: isAddress(target) ? target : fileOf(target),
      ...(event === undefined ? {} : { event: fileOf(event) }),
      vkey: options.vkey.includes('+') ? options.vkey : fileOf(options.vkey),
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      ...(options.checkpoint === undefined ? {} : { checkpoint: fileOf(options.checkpoint) }),
      keep: options.keep,
      ...(options.log === undefined ? {} : { log: isAddress(options.log) ? options.log : fileOf(options.log) }),
      witnesses: options.witness,
      atLeast: options.witnesses,
      headers: Object.fromEntries(options.header.map(headerOf)),
      onProgress: showProgress,
    });
    return { exitCode: 0, line: `PROVEN: ${proven}` };
  } catch (error) {
    if (!isLogFault(error) || error.code === 'VERIFIER_KEY_MALFORMED') return { exitCode: NOT_CHECKED, line: `NOT CHECKED: ${messageOf(error)}` };
    const place = error.index === undefined ? '' : ` at entry ${error.index}`;
    return { exitCode: NOT_PROVEN, line: `NOT PROVEN (${error.code}${place}): ${error.message}` };
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}

/** With its cause: "fetch failed" alone helps nobody. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const cause = 'cause' in error && error.cause !== undefined ? ` (${messageOf(error.cause)})` : '';
  return `${String(error.message)}${cause}`;
}

function showProgress(checked: number, size: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${checked.toLocaleString('en')} of ${size.toLocaleString('en')} entries`);
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, Math.max(colon, 0)), line.slice(colon + 1).trim()];
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('not a whole number');
  return Number(text);
}
