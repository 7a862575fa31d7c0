import { generateKeyPairSync, createHash, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ERASED, type AuditEvent } from '@brain/contracts';
import { checkProof } from './check-proof.js';

const ORIGIN = 'brain.example/log';
const AT = '2026-11-22T02:00:00.000Z';
const sealed = { alg: 'A256GCM', key: '018f0000-0000-7000-8000-0000000000a1', iv: 'aXYx', ciphertext: 'Y3Q2', tag: 'dGFn' };
const metadata = { source: 'x', time: AT, correlationId: 'co', causationId: 'ca', actor: { type: 'user', id: 'ana' }, address: '10.0.0.7' };
const inLog = { eventId: 'e1', streamId: 'case-1', revision: 3, type: 'x.y.v1', data: { n: 1, who: [{ name: sealed }] }, metadata, recordedAt: AT };
/** As RFC 8785 writes it: the keys in order. */
const entry =
  '{"data":{"n":1,"who":[{"name":{"alg":"A256GCM","ciphertext":"Y3Q2","iv":"aXYx","key":"018f0000-0000-7000-8000-0000000000a1","tag":"dGFn"}}]},"eventId":"e1",' +
  '"metadata":{"actor":{"id":"ana","type":"user"},"address":"10.0.0.7","causationId":"ca","correlationId":"co","source":"x","time":"2026-11-22T02:00:00.000Z"},' +
  '"recordedAt":"2026-11-22T02:00:00.000Z","revision":3,"streamId":"case-1","type":"x.y.v1"}';
const shown: AuditEvent = {
  eventId: 'e1', type: 'x.y.v1', subject: 'case-1', revision: 3, position: '7', source: 'x', areaCode: null, actor: metadata.actor, address: '10.0.0.7',
  time: AT, recordedAt: AT, correlationId: 'co', causationId: 'ca', data: { n: 1, who: [{ name: '王奶奶' }] }, leafIndex: 0,
};

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

const check = (given: { entry?: string; event?: Partial<AuditEvent>; proof?: string; vkey?: string } = {}) => {
  const log = logOfOne(entry);
  const proof = { eventId: 'e1', leafIndex: 0, treeSize: 1, proof: given.proof ?? log.proof, entry: given.entry ?? entry };
  return checkProof({ event: { ...shown, ...given.event }, proof, vkey: given.vkey ?? log.vkey });
};

describe('checking a proof in the browser', () => {
  it('holds for the event as it is in the log', async () => {
    expect(await check()).toMatchObject({ holds: true, proven: { origin: ORIGIN, index: 0, size: 1 } });
  });

  it('does not hold for what was changed, for another event, or under another key', async () => {
    expect(await check({ entry: JSON.stringify({ ...inLog, data: { n: 2 } }) })).toMatchObject({ holds: false, code: 'INCLUSION_PROOF_INVALID' });
    expect(await check({ event: { eventId: 'e2' } })).toEqual({ holds: false, code: 'PROOF_OF_ANOTHER_EVENT' });
    expect(await check({ vkey: logOfOne(entry).vkey })).toMatchObject({ holds: false });
    expect(await check({ proof: '<html>' })).toMatchObject({ holds: false, code: 'PROOF_MALFORMED' });
    expect(await check({ entry: 'no JSON' })).toEqual({ holds: false, code: 'SyntaxError' });
    expect(await check({ entry: entry.replace('{"n":1', '{"n":2,"n":1') })).toEqual({ holds: false, code: 'EVENT_AMBIGUOUS' });
  });

  it.each<[string, Partial<AuditEvent>]>([
    ['another value', { data: { n: 2, who: [{ name: '王奶奶' }] } }],
    ['a value more', { data: { n: 1, more: 1, who: [{ name: '王奶奶' }] } }],
    ['a value less', { data: { who: [{ name: '王奶奶' }] } }],
    ['a list longer', { data: { n: 1, who: [{ name: '王奶奶' }, { name: '李爷爷' }] } }],
    ['another type', { type: 'x.z.v1' }],
    ['another stream', { subject: 'case-2' }],
    ['another revision', { revision: 4 }],
    ['another person', { actor: { type: 'user', id: 'bob' } }],
    ['another address', { address: '10.0.0.8' }],
    ['another area', { areaCode: '440305' }],
    ['another time', { time: '2026-11-22T02:00:00.001Z' }],
    ['another time of recording', { recordedAt: '2026-11-22T02:00:00.001Z' }],
    ['another cause', { causationId: 'cb' }],
    ['another request', { correlationId: 'cp' }],
    ['another service', { source: 'z' }],
  ])('does not hold for a page that shows %s than the log has', async (_, event) => {
    expect(await check({ event })).toEqual({ holds: false, code: 'SHOWN_OTHERWISE' });
  });

  it('holds for what is erased since, for the address of a person that is not shown, and for a time in another form', async () => {
    for (const event of [{ data: { n: ERASED, who: ERASED } }, { data: { n: 1, who: [{ name: ERASED }] } }, { address: null }, { time: '2026-11-22T10:00:00+08:00' }]) {
      expect(await check({ event })).toMatchObject({ holds: true });
    }
  });
});
