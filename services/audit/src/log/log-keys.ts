import { readFile } from 'node:fs/promises';
import { DomainError } from '@brain/contracts';
import { writeDurably } from '@brain/service-kit';
import { generateSigningKey, isLogFault, isMissingFile, parseNote, parseSigningKey, type NoteSigner } from '@brain/verifiable-log';
import type { LogSettings } from './log-settings.js';

/**
 * The keys that sign checkpoints, from a file of one key a line: the first is the log's, those below are its
 * predecessors, which sign along as long as they stand there. Read anew each time, so a rotation needs no restart.
 */
export async function readLogKeys({ keyFile, origin }: Pick<LogSettings, 'keyFile' | 'origin'>): Promise<readonly NoteSigner[]> {
  const text = await readFile(keyFile, 'utf8');
  const keys = text.split('\n').filter((line) => line !== '').map((line) => signerFrom(line, keyFile));
  if (keys.length === 0) throw refused(`${keyFile} holds no key`);
  const stranger = keys.find(({ name }) => name !== origin);
  if (stranger !== undefined) throw refused(`The key in ${keyFile} is of ${stranger.name}, but the log is ${origin}`);
  return keys;
}

/**
 * Makes the key of a log that has signed nothing yet; else insists on the key that signed.
 * @param checkpoint the newest one, if there is any
 * @throws DomainError LOG_KEY_REFUSED, with the id of the key that is needed
 */
export async function requireLogKey(settings: LogSettings, checkpoint: string | undefined): Promise<void> {
  if (checkpoint === undefined) {
    if (!(await exists(settings.keyFile))) await makeKey(settings);
    await readLogKeys(settings);
    return;
  }
  const signedBy = parseNote(checkpoint).signatures.filter(({ name }) => name === settings.origin).map(({ keyId }) => keyId);
  const needed = `the log in ${settings.folder} is signed with key ${signedBy.join(' and ') || 'of another origin'}`;
  if (!(await exists(settings.keyFile))) throw refused(`There is no key at ${settings.keyFile}, but ${needed}: put it back`);
  const keys = await readLogKeys(settings);
  if (!keys.some(({ keyId }) => signedBy.includes(keyId))) {
    throw refused(`${settings.keyFile} holds key ${keys.map(({ keyId }) => keyId).join(' and ')}, but ${needed}`);
  }
}

async function makeKey({ keyFile, origin }: LogSettings): Promise<void> {
  const { skey } = generateSigningKey(origin);
  await writeDurably([{ file: keyFile, bytes: Buffer.from(`${skey}\n`, 'utf8'), mode: 0o600 }]);
}

function signerFrom(line: string, keyFile: string): NoteSigner {
  try {
    return parseSigningKey(line);
  } catch (error) {
    if (isLogFault(error)) throw refused(`${keyFile} is not a file of signing keys`);
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await readFile(file);
    return true;
  } catch (error) {
    if (isMissingFile(error)) return false;
    throw error;
  }
}

function refused(message: string): DomainError {
  return new DomainError('LOG_KEY_REFUSED', message);
}
