import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventually, tempDir } from '@brain/testing';
import { LineBlocks } from './line-blocks.js';
import { appendedFile, LogFile, type LogSink } from './log-file.js';

/** A disk that can be full. */
class Disk {
  isFull = false;
  text = '';
  opened = 0;

  open(): Promise<LogSink> {
    if (this.isFull) return Promise.reject(noSpace());
    this.opened += 1;
    return Promise.resolve({ append: (bytes) => this.append(bytes), close: () => Promise.resolve() });
  }

  private append(bytes: Buffer): Promise<void> {
    if (this.isFull) return Promise.reject(noSpace());
    this.text += bytes.toString();
    return Promise.resolve();
  }
}

const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
const line = (text: string) => Buffer.from(`${text}\n`);

function logOn(disk: Disk) {
  const changes: string[] = [];
  const log: LogFile = new LogFile(
    () => disk.open(),
    { noteOf: (dropped, why) => `${String(dropped)} dropped: ${why}`, onChange: () => changes.push(`${String(log.dropped)} ${log.failure ?? 'fine'}`) },
    1,
  );
  return { log, changes };
}

describe('a log on a full disk', () => {
  it('keeps the lines of that time and writes them in order when there is space', async () => {
    const disk = new Disk();
    const { log, changes } = logOn(disk);
    log.write(line('before'));
    await eventually(() => expect(disk.text).toBe('before\n'));
    disk.isFull = true;
    log.write(line('during 1'));
    await eventually(() => expect(log.failure).toContain('ENOSPC'));
    log.write(line('during 2'));
    disk.isFull = false;
    log.write(line('after'));
    await eventually(() => expect(disk.text).toBe('before\nduring 1\nduring 2\nafter\n'));
    expect(changes).toEqual(['0 ENOSPC: no space left on device, write', '0 fine']);
  });

  it('drops what is too much to keep, counts it, and says so where the lines are missing', async () => {
    const disk = new Disk();
    disk.isFull = true;
    const { log } = logOn(disk);
    const long = line('x'.repeat(700_000));
    log.write(long);
    log.write(Buffer.concat([line('y'.repeat(400_000)), line('z')]));
    log.write(line('last'));
    await eventually(() => expect(log.failure).toContain('ENOSPC'));
    expect(log.dropped).toBe(2);
    disk.isFull = false;
    await eventually(() => expect(disk.text.slice(700_001)).toBe('last\n2 dropped: ENOSPC: no space left on device, write\n'));
    log.write(line('later'));
    await log.end();
    expect(disk.text.endsWith('write\nlater\n')).toBe(true);
    expect(log.failure).toBeUndefined();
  });

  it('cannot be opened there, and is opened when there is space', async () => {
    const disk = new Disk();
    disk.isFull = true;
    const { log } = logOn(disk);
    log.write(line('first'));
    await eventually(() => expect(log.failure).toContain('ENOSPC'));
    expect(disk.opened).toBe(0);
    disk.isFull = false;
    await eventually(() => expect(disk.text).toBe('first\n'));
    expect(disk.opened).toBe(1);
  });

  it('ends though nothing can be written', async () => {
    const disk = new Disk();
    const { log } = logOn(disk);
    disk.isFull = true;
    log.write(line('lost'));
    await log.end();
    expect(disk.text).toBe('');
  });
});

describe('a log in a file', () => {
  it('appends, is for its owner alone, and is there when it has ended', async () => {
    const dir = await tempDir();
    const file = path.join(dir.path, 'audit.log');
    for (const text of ['one', 'two']) {
      const log = new LogFile(() => appendedFile(file), { noteOf: String, onChange: () => undefined });
      log.write(line(text));
      await log.end();
    }
    expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
    await dir.remove();
  });
});

describe('blocks of lines', () => {
  const blocks = (...chunks: string[]) => {
    const lines = new LineBlocks();
    return [...chunks.map((chunk) => lines.push(Buffer.from(chunk))?.toString()), lines.end()?.toString()];
  };

  it('are whole lines, however the chunks are cut', () => {
    expect(blocks('one\ntw', 'o', '\nthree\nfo', 'ur')).toEqual(['one\n', undefined, 'two\nthree\n', undefined, 'four\n']);
    expect(blocks('one\n')).toEqual(['one\n', undefined]);
  });

  it('end a line that would fill the memory', () => {
    const [first, second] = blocks('x'.repeat(2 ** 20), 'y');
    expect([first, second?.length]).toEqual([undefined, 2 ** 20 + 2]);
  });
});
