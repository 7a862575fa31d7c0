import { open, rename } from 'node:fs/promises';
import path from 'node:path';

/** Writes a file whole or not at all, and only returns when a power cut could not take it back. */
export async function writeDurably(file: string, text: string, mode = 0o644): Promise<void> {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  const handle = await open(temporary, 'w', mode);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  const folder = await open(path.dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
