import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openZip } from './zip-reader.js';
import { ZipWriter } from './zip-writer.js';

const AT = new Date('2026-11-22T02:00:00.000Z');

function zipped(files: readonly (readonly [string, Uint8Array])[]): Buffer {
  const zip = new ZipWriter(AT);
  const pieces = files.map(([name, content]) => zip.file(name, content));
  return Buffer.concat([...pieces, ...zip.end()]);
}

const opened = (bytes: Buffer) => openZip({ size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) });

async function contentOf(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await opened(bytes);
  const read = await Promise.all([...zip.names].map(async (name) => [name, Buffer.from(await zip.read(name)).toString('hex')] as const));
  return new Map(read);
}

describe('a ZIP archive', () => {
  it('gives back the files that were put in', async () => {
    const content = fc.uint8Array({ maxLength: 2_000 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !name.endsWith('/')), content, { noNullPrototype: true }), async (files) => {
        const entries = Object.entries(files);
        expect(await contentOf(zipped(entries))).toEqual(new Map(entries.map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')])));
      }),
    );
  });

  it('is the same bytes for the same files', () => {
    const files = [['a', Buffer.from('one')]] as const;
    expect(zipped(files)).toEqual(zipped(files));
  });

  it('goes on beyond 65,535 files', async () => {
    const files = Array.from({ length: 66_000 }, (_, at) => [String(at), Buffer.from(String(at))] as const);
    const zip = await opened(zipped(files));
    expect(zip.names.size).toBe(66_000);
    expect(Buffer.from(await zip.read('65999')).toString()).toBe('65999');
  });

  it('that is cut off anywhere, or has any bit of a file or of its directory changed, is refused or reads the same', async () => {
    const whole = zipped([['events/a.json', Buffer.from('{"a":1}'.repeat(20))], ['b', Buffer.from('b')]]);
    const before = await contentOf(whole);
    const codeOf = (bytes: Buffer) => contentOf(bytes).then((now) => now, (error: unknown) => (error as { code?: string }).code);
    for (let length = 0; length < whole.length; length += 1) expect(await codeOf(whole.subarray(0, length))).toBe('PACKAGE_MALFORMED');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
        const changed = Buffer.from(whole);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const now = await codeOf(changed);
        if (now === 'PACKAGE_MALFORMED') return;
        expect([...(now as Map<string, string>).values()]).toEqual([...before.values()]);
      }),
      { numRuns: 500 },
    );
  });

  it('in which a name stands twice is refused: programs differ in which of the two they take', async () => {
    await expect(opened(zipped([['a', Buffer.from('1')], ['a', Buffer.from('2')]]))).rejects.toMatchObject({ code: 'PACKAGE_MALFORMED' });
  });
});
