import { describe, expect, it } from '@jest/globals';
import { inBlocks } from './in-blocks.js';

async function* piecesOf(count: number, bytes: number, onTaken: () => void = () => undefined): AsyncGenerator<Buffer> {
  for (let at = 0; at < count; at += 1) {
    onTaken();
    yield await Promise.resolve(Buffer.alloc(bytes, at));
  }
}

describe('the pieces of an archive', () => {
  it('are the same bytes in blocks', async () => {
    const pieces: Buffer[] = [];
    for await (const piece of piecesOf(1_000, 333)) pieces.push(piece);
    const blocks: Buffer[] = [];
    for await (const block of inBlocks(piecesOf(1_000, 333))) blocks.push(block);
    expect(Buffer.concat(blocks).equals(Buffer.concat(pieces))).toBe(true);
    expect(blocks).toHaveLength(6);
  });

  it('are taken no further than the block that is asked for', async () => {
    let taken = 0;
    for await (const block of inBlocks(piecesOf(1_000, 40_000, () => (taken += 1)))) {
      expect(block).toHaveLength(80_000);
      break;
    }
    expect(taken).toBe(2);
  });
});
