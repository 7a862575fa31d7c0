import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { BackupError } from './backup-error.js';

const LEAST_CHARACTERS = 12;

export interface PassphraseSource {
  /** Its first line is the passphrase; undefined: the person is asked. */
  readonly file: string | undefined;
  /** Asks for it, without showing it; undefined: there is nobody to ask. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/** A new one is asked for twice: one that was mistyped opens nothing. @throws BackupError */
export async function newPassphrase(source: PassphraseSource): Promise<string> {
  const passphrase = await givenPassphrase(source, 'Passphrase for the keys: ');
  if (Array.from(passphrase).length < LEAST_CHARACTERS) throw new BackupError('PASSPHRASE_SHORT', `A passphrase has at least ${String(LEAST_CHARACTERS)} characters`);
  if (source.file === undefined && (await source.ask?.('The same again: ')) !== passphrase) throw new BackupError('PASSPHRASE_MISTYPED', 'The two are not the same');
  return passphrase;
}

export async function givenPassphrase({ file, ask }: PassphraseSource, question = 'Passphrase of the keys: '): Promise<string> {
  if (file !== undefined) return firstLineOf(file);
  if (ask === undefined) throw new BackupError('PASSPHRASE_MISSING', 'There is no terminal to ask at: name a file with --passphrase-file');
  return ask(question);
}

async function firstLineOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new BackupError('PASSPHRASE_MISSING', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  return text.split(/\r?\n/)[0] ?? '';
}

/** At a terminal; what is typed is not shown. */
export function terminalPrompt(input: NodeJS.ReadStream = process.stdin, output: NodeJS.WriteStream = process.stderr): PassphraseSource['ask'] {
  if (!input.isTTY) return undefined;
  return async (question) => {
    output.write(question);
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input, output: silent, terminal: true });
    try {
      return await lines.question('');
    } finally {
      lines.close();
      output.write('\n');
    }
  };
}
