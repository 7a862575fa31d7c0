import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isStorageFull } from '@brain/contracts';
import { tempDir } from '@brain/testing';

const run = promisify(execFile);
/** A start asks for 1,024 MB. */
const SIZE = '1300m';
const BLOCK = Buffer.alloc(1024 ** 2);
const SMALLEST = 4096;

/** A disk of its own, in memory, that can be filled to the last byte. */
export class SmallDisk {
  private constructor(
    readonly path: string,
    private readonly remove: () => Promise<void>,
  ) {}

  /** @returns why there is none, where one may not be mounted */
  static async mount(): Promise<SmallDisk | string> {
    const dir = await tempDir();
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=700`, 'tmpfs', dir.path]);
    } catch (error) {
      await dir.remove();
      return String(error).trim();
    }
    return new SmallDisk(dir.path, () => dir.remove());
  }

  /** Again and again while others write: they free what they could not use. */
  async fill(): Promise<void> {
    const ballast = await open(this.ballast, 'a');
    try {
      for (const block of [BLOCK, BLOCK.subarray(0, SMALLEST)]) await writeUntilFull((bytes) => ballast.write(bytes), block);
    } finally {
      await ballast.close();
    }
  }

  async free(): Promise<void> {
    await rm(this.ballast, { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', ['-l', this.path]);
    await this.remove();
  }

  private get ballast(): string {
    return path.join(this.path, 'ballast');
  }
}

async function writeUntilFull(write: (bytes: Buffer) => Promise<unknown>, block: Buffer): Promise<void> {
  for (;;) {
    try {
      await write(block);
    } catch (error) {
      if (isStorageFull(error)) return;
      throw error;
    }
  }
}
