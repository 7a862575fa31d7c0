import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeDurably } from '@brain/service-kit';
import { generateSigningKey, type WitnessRecord } from '@brain/verifiable-log';

const memory = z.record(z.string(), z.strictObject({ size: z.number().int().min(0), root: z.string(), note: z.string() }));

/** What a witness must never forget: its key, and the last checkpoint it cosigned of each log. In a folder of its own. */
export class WitnessMemory {
  private constructor(
    private readonly folder: string,
    readonly skey: string,
    readonly seen: Map<string, WitnessRecord>,
  ) {}

  /** Makes the key in an empty folder. A key without its memory could cosign two histories, so that is refused. */
  static async open(folder: string, name: string): Promise<WitnessMemory> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await lock(folder);
    const key = await textOf(path.join(folder, 'witness.key'));
    const seen = await textOf(path.join(folder, 'seen.json'));
    if (key !== undefined && seen === undefined) {
      throw new Error(`WITNESS_MEMORY_LOST: ${folder} holds a key but not what it cosigned. Restore seen.json, or retire this witness and start a new one in an empty folder.`);
    }
    const skey = key?.trim() ?? generateSigningKey(name, 'cosignature/v1').skey;
    const opened = new WitnessMemory(folder, skey, new Map(Object.entries(memory.parse(JSON.parse(seen ?? '{}')))));
    // The memory first: a crash in between leaves no key without it.
    if (seen === undefined) await opened.save();
    if (key === undefined) await writeDurably([{ file: path.join(folder, 'witness.key'), bytes: Buffer.from(`${skey}\n`), mode: 0o600 }]);
    return opened;
  }

  /** On disk before it returns; only then may the cosignature leave. */
  async remember(origin: string, record: WitnessRecord): Promise<void> {
    const before = this.seen.get(origin);
    this.seen.set(origin, record);
    try {
      await this.save();
    } catch (error) {
      if (before === undefined) this.seen.delete(origin);
      else this.seen.set(origin, before);
      throw error;
    }
  }

  close(): Promise<void> {
    return rm(lockFile(this.folder), { force: true });
  }

  private save(): Promise<void> {
    const text = `${JSON.stringify(Object.fromEntries(this.seen), null, 2)}\n`;
    return writeDurably([{ file: path.join(this.folder, 'seen.json'), bytes: Buffer.from(text), mode: 0o600 }]);
  }
}

/** Two processes over one memory could cosign two histories. A lock whose owner is gone is taken over. */
async function lock(folder: string): Promise<void> {
  const file = lockFile(folder);
  const owner = Number((await textOf(file)) ?? '0');
  if (owner > 0 && owner !== process.pid && isAlive(owner)) throw new Error(`WITNESS_ALREADY_RUNS: process ${owner} has ${folder}`);
  await rm(file, { force: true });
  const handle = await open(file, 'wx');
  await handle.writeFile(String(process.pid));
  await handle.close();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function lockFile(folder: string): string {
  return path.join(folder, 'lock');
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
