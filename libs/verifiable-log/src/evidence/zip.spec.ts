import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sha256 } from '../hashing/sha256.js';
import { DeflatedText } from './deflated-text.js';
import { openZip } from './zip-reader.js';
import { ZipWriter } from './zip-writer.js';

const MADE_IN_ONE_GO =
  'UEsDBBQACAAAAAAQdl0AAAAAAAAAAAAAAAAHAAAAZXZlbnRzL1BLBwgAAAAAAAAAAAAAAABQSwMEFAAIAAgAABB2XQAAAAAAAAAAAAAAAA0AAA' +
  'BldmVudHMvYS5qc29uq1ZKVLIyrAUAUEsHCK+sG1YJAAAABwAAAFBLAwQUAAgACAAAEHZdAAAAAAAAAAAAAAAAAQAAAGJLAgBQSwcI+e++cQMA' +
  'AAABAAAAUEsBAhQDFAAIAAAAABB2XQAAAAAAAAAAAAAAAAcAAAAAAAAAAAAAAIABAAAAAGV2ZW50cy9QSwECFAMUAAgACAAAEHZdr6wbVgkAAA' +
  'AHAAAADQAAAAAAAAAAAAAAgAE1AAAAZXZlbnRzL2EuanNvblBLAQIUAxQACAAIAAAQdl35775xAwAAAAEAAAABAAAAAAAAAAAAAACAAXkAAABi' +
  'UEsFBgAAAAADAAMAnwAAAKsAAAAAAA==';
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
      fc.asyncProperty(fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/[/\\.:\p{Cc}]/u.test(name)), content, { noNullPrototype: true }), async (files) => {
        const entries = Object.entries(files);
        expect(await contentOf(zipped(entries))).toEqual(new Map(entries.map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')])));
      }),
    );
  });

  it('is the same bytes for the same files', () => {
    const files = [['a', Buffer.from('one')]] as const;
    expect(zipped(files)).toEqual(zipped(files));
  });

  it('has a text that was written a little at a time as one file like any other', async () => {
    const pieces = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400 }).map((text) => text.repeat(300))), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pieces, async (texts) => {
        const long = new DeflatedText();
        for (const text of texts) long.write(text);
        const deflated = long.end();
        const zip = new ZipWriter(AT);
        const bytes = Buffer.concat([zip.file('a', Buffer.from('1')), ...zip.deflatedFile('long', deflated), zip.file('b', Buffer.from('2')), ...zip.end()]);
        const whole = Buffer.from(texts.join(''));
        expect(await contentOf(bytes)).toEqual(new Map([['a', '31'], ['long', whole.toString('hex')], ['b', '32']]));
        expect([deflated.size, deflated.sha256]).toEqual([whole.length, sha256(whole).toString('hex')]);
      }),
      { numRuns: 50 },
    );
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

  it.each(['../evil', 'a/../../evil', '/etc/passwd', 'C:/evil', 'C:evil', String.raw`events\a.json`, String.raw`..\evil`, './a', 'a//b', 'a/..', 'a\0b', 'a\nb'])('with a name that leads astray is refused: %j', async (name) => {
    await expect(opened(zipped([['a', Buffer.from('1')], [name, Buffer.from('2')]]))).rejects.toMatchObject({ code: 'PACKAGE_MALFORMED' });
  });

  const codeOfAll = (bytes: Buffer) => contentOf(bytes).then(() => 'read', (error: unknown) => (error as { code?: string }).code);

  it('that hides bytes from its directory is refused, wherever they lie', async () => {
    const whole = zipped([['a', Buffer.from('1')], ['b', Buffer.from('2')]]);
    const hidden = new ZipWriter(AT).file('hidden', Buffer.from('3'));
    const directoryAt = whole.readUInt32LE(whole.length - 6);
    const secondAt = directoryAt / 2;
    expect(await codeOfAll(whole)).toBe('read');
    for (const at of [0, secondAt, directoryAt, whole.length - 22, whole.length]) {
      expect(await codeOfAll(Buffer.concat([whole.subarray(0, at), hidden, whole.subarray(at)]))).toBe('PACKAGE_MALFORMED');
      // With every offset and size put right, as somebody who means it would.
      expect(await codeOfAll(withHidden(whole, hidden, at))).toBe('PACKAGE_MALFORMED');
    }
  });

  function withHidden(whole: Buffer, hidden: Buffer, at: number): Buffer {
    const [bytes, end] = [Buffer.concat([whole.subarray(0, at), hidden, whole.subarray(at)]), whole.length - 22];
    const directoryAt = whole.readUInt32LE(end + 16);
    const moved = (offset: number): number => (offset >= at ? offset + hidden.length : offset);
    bytes.writeUInt32LE(moved(directoryAt), moved(end) + 16);
    if (at > directoryAt && at <= end) bytes.writeUInt32LE(whole.readUInt32LE(end + 12) + hidden.length, moved(end) + 12);
    if (at > end) bytes.writeUInt16LE(hidden.length, moved(end) + 20);
    for (let record = directoryAt, file = 0; file < 2; file += 1, record += 47) bytes.writeUInt32LE(moved(whole.readUInt32LE(record + 42)), moved(record) + 42);
    return bytes;
  }

  it('in which a file has another name where it lies is refused: programs differ in which they believe', async () => {
    const whole = zipped([['index.html', Buffer.from('1')]]);
    whole.write('hidden.txt', 30);
    expect(await codeOfAll(whole)).toBe('PACKAGE_MALFORMED');
  });

  it('that claims a file of four gigabytes is refused before it fills the memory', async () => {
    const whole = zipped([['a', Buffer.alloc(1_000)]]);
    whole.writeUInt32LE(0xfffffffe, whole.readUInt32LE(whole.length - 6) + 24);
    expect(await codeOfAll(whole)).toBe('PACKAGE_MALFORMED');
  });

  it('that another program made in one go, sizes behind the files and a folder among them, is read', async () => {
    // Python 3.11: zipfile.ZipFile over a stream that cannot seek, with mkdir('events') and two writestr.
    const made = Buffer.from(MADE_IN_ONE_GO, 'base64');
    expect(await contentOf(made)).toEqual(new Map([['events/a.json', Buffer.from('{"a":1}').toString('hex')], ['b', Buffer.from('b').toString('hex')]]));
  });

  it('in which a name stands twice is refused: programs differ in which of the two they take', async () => {
    await expect(opened(zipped([['a', Buffer.from('1')], ['a', Buffer.from('2')]]))).rejects.toMatchObject({ code: 'PACKAGE_MALFORMED' });
  });
});
