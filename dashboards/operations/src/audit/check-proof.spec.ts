import { generateKeyPairSync, createHash, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkProof } from './check-proof.js';

const ORIGIN = 'brain.example/log';
const event = { eventId: 'e1', type: 'x.y.v1', data: { n: 1 } };
const entry = '{"data":{"n":1},"eventId":"e1","type":"x.y.v1"}';

/** A log of one entry, as C2SP says: leaf hash, checkpoint, signed note, proof. */
function logOfOne(leafText: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = Buffer.concat([Buffer.from([1]), raw]);
  const id = createHash('sha256').update(`${ORIGIN}\n`).update(key).digest().subarray(0, 4);
  const root = createHash('sha256').update(Buffer.from([0])).update(leafText).digest('base64');
  const body = `${ORIGIN}\n1\n${root}\n`;
  const signature = Buffer.concat([id, sign(null, Buffer.from(body), privateKey)]).toString('base64');
  return { vkey: `${ORIGIN}+${id.toString('hex')}+${key.toString('base64')}\n`, proof: `c2sp.org/tlog-proof@v1\nindex 0\n\n${body}\n— ${ORIGIN} ${signature}\n` };
}

const check = (given: { entry?: string; eventId?: string; proof?: string; vkey?: string } = {}) => {
  const log = logOfOne(entry);
  const proof = { eventId: 'e1', leafIndex: 0, treeSize: 1, proof: given.proof ?? log.proof, entry: given.entry ?? entry };
  return checkProof({ eventId: given.eventId ?? 'e1', proof, vkey: given.vkey ?? log.vkey });
};

describe('checking a proof in the browser', () => {
  it('holds for the event as it is in the log', async () => {
    expect(await check()).toMatchObject({ holds: true, proven: { origin: ORIGIN, index: 0, size: 1 } });
  });

  it('does not hold for what was changed, for another event, or under another key', async () => {
    expect(await check({ entry: JSON.stringify({ ...event, data: { n: 2 } }) })).toMatchObject({ holds: false, code: 'INCLUSION_PROOF_INVALID' });
    expect(await check({ eventId: 'e2' })).toEqual({ holds: false, code: 'PROOF_OF_ANOTHER_EVENT' });
    expect(await check({ vkey: logOfOne(entry).vkey })).toMatchObject({ holds: false });
    expect(await check({ proof: '<html>' })).toMatchObject({ holds: false, code: 'PROOF_MALFORMED' });
    expect(await check({ entry: 'no JSON' })).toEqual({ holds: false, code: 'SyntaxError' });
  });
});
