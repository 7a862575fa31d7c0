import * as nodeDisk from 'node:fs/promises';
import type { Disk } from '@brain/service-kit';

/** A disk with room for so many bytes more; what does not fit gets as far as there is room, as on a real one. */
export class FullDisk implements Disk {
  readonly mkdir = nodeDisk.mkdir;
  readonly rename = nodeDisk.rename;
  readonly rm = nodeDisk.rm;

  constructor(public room: number) {}

  async open(file: string, flags: 'r' | 'w', mode?: number) {
    const handle = await nodeDisk.open(file, flags, mode);
    return {
      writeFile: async (bytes: Uint8Array) => {
        await handle.writeFile(bytes.subarray(0, this.room));
        if (bytes.length > this.room) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        this.room -= bytes.length;
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  }
}
