import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatEntryBundle, parseEntryBundle } from './entry-bundle.js';
import { FileTiles } from './file-tiles.js';
import { HttpTiles } from './http-tiles.js';
import { MemoryTiles } from './memory-tiles.js';
import { hashTilesOf, tileInTree } from './tile-address.js';
import { parseTilePath, tilePath } from './tile-path.js';
import { readTile, type LogReader } from './tile-reader.port.js';

describe('tile paths', () => {
  it.each([
    [0, 0, 256, 'tile/0/000'],
    [0, 1_234_067, 256, 'tile/0/x001/x234/067'],
    [0, 1_234_067, 8, 'tile/0/x001/x234/067.p/8'],
    [5, 123_456_078, 256, 'tile/5/x123/x456/078'],
    [2, 1_000, 1, 'tile/2/x001/000.p/1'],
    ['entries' as const, 3_057_500, 255, 'tile/entries/x003/x057/500.p/255'],
  ])('of level %s, index %d, width %d', (level, index, width, text) => {
    expect(tilePath({ level, index, width })).toBe(text);
    expect(parseTilePath(text)).toEqual({ level, index, width });
  });

  it('are read back, whatever the tile', () => {
    const address = fc.record({ level: fc.oneof(fc.constant('entries' as const), fc.nat(63)), index: fc.nat(2 ** 40), width: fc.integer({ min: 1, max: 256 }) });
    fc.assert(fc.property(address, (tile) => expect(parseTilePath(tilePath(tile))).toEqual(tile)));
  });

  it.each([
    'tile/3/5/123/456/078', 'tile/0/123/456/078', 'tile/-1/x123/456', 'tile/00/000', 'tile/64/000', 'tile/0/x000/001', 'tile/0/1', 'tile/0/0001',
    'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/0/000.p/', 'tile/data/000', '/tile/0/000', 'tile/0/000/', 'tile/0/../000', 'checkpoint', '',
  ])('refuse %j', (text) => {
    expect(() => parseTilePath(text)).toThrow(expect.objectContaining({ code: 'TILE_PATH_MALFORMED' }));
  });
});

describe('the tiles of a tree', () => {
  it('of 70,000 entries are those of the C2SP example', () => {
    const tiles = [...hashTilesOf(70_000)];
    const at = (level: number, partial: boolean): number[] => tiles.filter((tile) => tile.level === level && tile.width < 256 === partial).map(({ width }) => width);
    expect(at(0, false)).toHaveLength(273);
    expect([at(0, true), at(1, false), at(1, true), at(2, false), at(2, true)]).toEqual([[112], [256], [17], [], [1]]);
  });

  it('of 256 entries are one full tile and one hash above it', () => {
    expect([...hashTilesOf(256)].map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
  });

  it('end where the tree ends', () => {
    expect(tileInTree(256, 0, 1)).toBeUndefined();
    expect(tileInTree(257, 'entries', 1)).toEqual({ level: 'entries', index: 1, width: 1 });
    expect(tileInTree(0, 0, 0)).toBeUndefined();
  });
});

describe('entry bundles', () => {
  const entry = fc.uint8Array({ maxLength: 300 });

  it('are read back, empty entries too', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        const read = parseEntryBundle(formatEntryBundle(entries), entries.length);
        expect(read.map((bytes) => [...bytes])).toEqual(entries.map((bytes) => [...bytes]));
      }),
    );
  });

  it('hold the largest entry and refuse a larger one', () => {
    expect(parseEntryBundle(formatEntryBundle([Buffer.alloc(65_535)]), 1)[0]).toHaveLength(65_535);
    expect(() => formatEntryBundle([Buffer.alloc(65_536)])).toThrow(expect.objectContaining({ code: 'ENTRY_TOO_LARGE' }));
  });

  it('are refused when cut off, with more behind them, or with another count', () => {
    const bundle = formatEntryBundle([Buffer.from('one'), Buffer.from('two')]);
    for (const [bytes, count] of [[bundle.subarray(0, -1), 2], [bundle.subarray(0, 6), 2], [Buffer.concat([bundle, Buffer.of(0)]), 2], [bundle, 1], [bundle, 3]] as const) {
      expect(() => parseEntryBundle(bytes, count)).toThrow(expect.objectContaining({ code: 'BUNDLE_MALFORMED' }));
    }
  });
});

describe.each(['memory', 'files', 'HTTP'] as const)('reading tiles from %s', (where) => {
  const full = { level: 0, index: 1, width: 256 } as const;
  const entries = { level: 'entries', index: 1, width: 256 } as const;
  const hashes = Buffer.from(Array.from({ length: 8_192 }, (_, at) => at % 251));
  const bundle = formatEntryBundle(Array.from({ length: 256 }, (_, at) => Buffer.from(`entry ${at}`)));
  const memory = new MemoryTiles();
  memory.put(full, hashes);
  memory.put(entries, bundle);
  memory.put({ ...full, index: 2, width: 3 }, Buffer.alloc(95));
  memory.putCheckpoint('a checkpoint — 〇\n');
  let reader: LogReader = memory;
  let folder = '';
  let server: Server | undefined;

  beforeAll(async () => {
    if (where === 'files') {
      folder = await mkdtemp(path.join(tmpdir(), 'tiles-'));
      for (const [name, bytes] of memory.files) {
        await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
        await writeFile(path.join(folder, name), bytes);
      }
      reader = new FileTiles(folder);
    }
    if (where === 'HTTP') {
      server = createServer((request, response) => {
        const bytes = memory.files.get((request.url ?? '').replace('/log/', ''));
        if (request.url === '/log/tile/5/000') response.writeHead(503).end();
        else response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
      });
      const listening = server;
      await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
      reader = new HttpTiles(`http://127.0.0.1:${(listening.address() as AddressInfo).port}/log/`);
    }
  });

  afterAll(async () => {
    if (folder !== '') await rm(folder, { recursive: true });
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  });

  it('gives what is there', async () => {
    expect([...(await readTile(reader, full))]).toEqual([...hashes]);
    expect(await reader.checkpoint()).toBe('a checkpoint — 〇\n');
  });

  it('takes a partial tile that is gone from the front of the full one', async () => {
    expect([...(await readTile(reader, { ...full, width: 7 }))]).toEqual([...hashes.subarray(0, 7 * 32)]);
    const part = await readTile(reader, { ...entries, width: 7 });
    expect(parseEntryBundle(part, 7).map((entry) => Buffer.from(entry).toString())).toEqual([0, 1, 2, 3, 4, 5, 6].map((at) => `entry ${at}`));
  });

  it('says which tile is missing and from which entry on', async () => {
    await expect(readTile(reader, { level: 1, index: 2, width: 4 })).rejects.toMatchObject({ code: 'TILE_MISSING', index: 131_072 });
  });

  it('refuses a tile of the wrong length', async () => {
    await expect(readTile(reader, { ...full, index: 2, width: 3 })).rejects.toMatchObject({ code: 'TILE_MALFORMED', index: 512 });
  });

  it('does not take a server in trouble for a missing tile', async () => {
    const answer = readTile(reader, { level: 5, index: 0, width: 256 });
    await (where === 'HTTP' ? expect(answer).rejects.toThrow('answered 503') : expect(answer).rejects.toMatchObject({ code: 'TILE_MISSING' }));
  });
});

describe('a server that never stops sending', () => {
  it.each([
    ['a tile', (log: HttpTiles) => log.tile({ level: 0, index: 0, width: 256 })],
    ['the checkpoint', (log: HttpTiles) => log.checkpoint()],
  ])('does not fill the memory of whoever asks it for %s', async (_, ask) => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(1_000_000));
        sent += 1_000_000;
      },
    });
    const log = new HttpTiles('http://log.example', { fetch: () => Promise.resolve(new Response(endless)) });
    await expect(ask(log)).rejects.toThrow(/more than \d+ bytes/);
    expect(sent).toBeLessThan(20_000_000);
  });
});
