import { describe, expect, it } from '@jest/globals';
import { parseVerifierKey } from '../notes/verifier-key.js';
import { entriesTo, KEY, logOf, ORIGIN } from '../verify/example-log.fixture.js';
import { inclusionProof } from './inclusion-proof.js';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.js';

const entries = entriesTo(300);
const log = logOf(entries);
const policy = { origin: ORIGIN, verifiers: [parseVerifierKey(KEY.vkey)] };
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

async function proofOf(index: number, extra?: Uint8Array): Promise<string> {
  const checkpoint = (await log.checkpoint()) ?? '';
  return formatTlogProof({ index, hashes: await inclusionProof(log, index, 300), checkpoint, ...(extra === undefined ? {} : { extra }) });
}

describe('a proof file', () => {
  it('is read back, with and without extra data', async () => {
    for (const extra of [undefined, Buffer.from('case 7')]) {
      const text = await proofOf(7, extra);
      expect(text.startsWith(extra === undefined ? 'c2sp.org/tlog-proof@v1\nindex 7\n' : 'c2sp.org/tlog-proof@v1\nextra Y2FzZSA3\nindex 7\n')).toBe(true);
      expect(formatTlogProof(parseTlogProof(text))).toBe(text);
    }
  });

  it('proves its entry and no other', async () => {
    const proof = await proofOf(7);
    expect(verifyTlogProof(proof, entries[7] ?? Buffer.alloc(0), policy)).toMatchObject({ index: 7, checkpoint: { size: 300 } });
    expect(() => verifyTlogProof(proof, entries[8] ?? Buffer.alloc(0), policy)).toThrow(code('INCLUSION_PROOF_INVALID'));
  });

  it('is written as the C2SP example is', () => {
    const hash = 'gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=';
    const text = `c2sp.org/tlog-proof@v1\nindex 73894\n${hash}\n\nexample.com/fancylog\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n— example.com/fancylog hI2DJwAA\n`;
    const read = parseTlogProof(text);
    expect(read).toMatchObject({ index: 73_894, hashes: [Buffer.from(hash, 'base64')] });
    expect(read.checkpoint.startsWith('example.com/fancylog\n109482\n')).toBe(true);
  });

  it.each([
    ['another header', (text: string) => text.replace('tlog-proof@v1', 'tlog-proof@v2'), 'PROOF_MALFORMED'],
    ['no index', (text: string) => text.replace('index 7\n', ''), 'PROOF_MALFORMED'],
    ['an index with a leading zero', (text: string) => text.replace('index 7', 'index 07'), 'PROOF_MALFORMED'],
    ['a negative index', (text: string) => text.replace('index 7', 'index -5'), 'PROOF_MALFORMED'],
    ['an index that is no number', (text: string) => text.replace('index 7', 'index seven'), 'PROOF_MALFORMED'],
    ['extra data that is no base64', (text: string) => text.replace('index 7', 'extra !!\nindex 7'), 'BASE64_MALFORMED'],
    ['a hash that is no base64', (text: string) => text.replace('index 7\n', 'index 7\n!!notbase64!!\n'), 'BASE64_MALFORMED'],
    ['a hash too long', (text: string) => text.replace('index 7\n', `index 7\n${Buffer.alloc(64).toString('base64')}\n`), 'PROOF_MALFORMED'],
    ['64 hashes', (text: string) => text.replace('index 7\n', `index 7\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`), 'PROOF_MALFORMED'],
    ['nothing but its head', (text: string) => text.slice(0, 40), 'PROOF_MALFORMED'],
    ['an index beyond the tree', (text: string) => text.replace('index 7', 'index 300'), 'INDEX_OUT_OF_TREE'],
    ['the index of another entry', (text: string) => text.replace('index 7', 'index 6'), 'INCLUSION_PROOF_INVALID'],
  ])('with %s is refused', async (_, change, expected) => {
    const proof = change(await proofOf(7));
    expect(() => verifyTlogProof(proof, entries[7] ?? Buffer.alloc(0), policy)).toThrow(code(expected));
  });
});
