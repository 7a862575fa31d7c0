import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const KILOBYTES_PER_MB = 1024;

/** Resident memory of one service, as the kernel counts it. Linux only. */
export class ServiceMemory {
  private constructor(private readonly pid: number) {}

  static async of(dataDir: string, service: string): Promise<ServiceMemory> {
    return new ServiceMemory(Number(await readFile(path.join(dataDir, 'logs', `${service}.pid`), 'utf8')));
  }

  /** Megabytes. */
  now(): Promise<number> {
    return this.field('VmRSS');
  }

  /** Megabytes, since the start or since it was told to forget. */
  highest(): Promise<number> {
    return this.field('VmHWM');
  }

  async forget(): Promise<void> {
    await writeFile(`/proc/${String(this.pid)}/clear_refs`, '5');
  }

  private async field(name: string): Promise<number> {
    const status = await readFile(`/proc/${String(this.pid)}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / KILOBYTES_PER_MB;
  }
}
