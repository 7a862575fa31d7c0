import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START_POSITION } from '@brain/event-store';
import { eventually } from '@brain/testing';
import { openCheckpoint, parseCheckpoint, parseNote, parseVerifierKey, verifyTlogProof } from '@brain/verifiable-log';
import { AuditUnderTest } from '../audit-under-test.fixture.js';
import type { EventProof } from '@brain/contracts';
import { WitnessUnderTest } from './witness.fixture.js';

const ORIGIN = 'community-brain/log';

describe('witnesses of the log', () => {
  let audit: AuditUnderTest;
  let witness: WitnessUnderTest;

  beforeEach(async () => {
    witness = new WitnessUnderTest();
    audit = await AuditUnderTest.start({ AUDIT_LOG_WITNESSES: `${witness.vkey} ${await witness.start()}`, AUDIT_LOG_WITNESS_MS: '20', AUDIT_LOG_CHECK_PAUSE_MS: '50' });
    witness.logVkey = (await text('vkey')).trim();
  });
  afterEach(async () => {
    await audit.stop();
    await witness.stop();
  });

  const text = async (path: string) => (await audit.ask(`/api/audit/log/${path}`, {}, { authorization: '' })).text();
  const policy = () => ({ origin: ORIGIN, verifiers: [parseVerifierKey(witness.logVkey)], witnesses: { verifiers: [parseVerifierKey(witness.vkey)], atLeast: 1 } });
  const size = async () => parseCheckpoint(parseNote(await text('checkpoint')).text).size;
  const cosigned = (atLeast: number) => eventually(async () => expect(openCheckpoint(await text('checkpoint'), policy()).size).toBeGreaterThanOrEqual(atLeast), { timeoutMs: 20_000 });
  const append = async () => {
    const eventId = randomUUID();
    const data = { caseId: randomUUID(), by: 'op', at: '2026-11-22T02:00:00.000Z' };
    const metadata = { source: 'case-management', time: data.at, correlationId: 'c', causationId: 'c', actor: { type: 'user' as const, id: 'op' }, areaCode: '440305' };
    await audit.store.append([{ streamId: `case-${eventId}`, expectedRevision: 'none', events: [{ eventId, type: 'case-management.case-accepted.v1', data, metadata }] }]);
    return eventId;
  };
  const ready = async () => (await (await fetch(`${await audit.url()}/readyz`)).json()) as { checks: Record<string, { checks: Record<string, { detail: string }> }> };
  const told = async (kind: 'broken' | 'whole') => {
    const found: unknown[] = [];
    for await (const { data } of audit.store.readAll({ after: START_POSITION, types: [`audit.record-found-${kind}.v1`] })) found.push(data);
    return found;
  };

  it('cosign what the log publishes, on the checkpoint and in every proof', async () => {
    const eventId = await append();
    await cosigned(1);
    const proof = (await (await audit.ask(`/api/audit/proof/${eventId}`, {})).json()) as EventProof;
    expect(verifyTlogProof(proof.proof, Buffer.from(proof.entry), policy()).index).toBe(proof.leafIndex);
    await eventually(async () => expect((await ready()).checks.witnesses?.checks['witness.example']?.detail).toMatch(/^cosigned (\d+) of \1$/));
    await append();
    await cosigned(2);
  });

  it('never hold the log up, and catch up when they are back', async () => {
    witness.away = true;
    await append();
    await append();
    await eventually(async () => expect(await size()).toBeGreaterThanOrEqual(2));
    await eventually(async () => expect((await ready()).checks.witnesses?.checks['witness.example']?.detail).toContain('answered 503'));
    witness.away = false;
    await cosigned(2);
  });

  it('that say we showed them another history are an alarm until they agree again', async () => {
    await append();
    await cosigned(1);
    const record = witness.seen.get(ORIGIN);
    witness.seen.set(ORIGIN, { size: 1, root: Buffer.alloc(32, 7).toString('base64'), note: '' });
    await append();
    await eventually(async () => expect(await told('broken')).toContainEqual(expect.objectContaining({ code: 'WITNESS_DISAGREES', leafIndex: null })), { timeoutMs: 20_000 });
    if (record !== undefined) witness.seen.set(ORIGIN, record);
    await eventually(async () => expect(await told('whole')).toHaveLength(1), { timeoutMs: 30_000 });
  });

  it('that know more of the log than it has itself are an alarm: it was put back to an older day', async () => {
    await append();
    witness.seen.set(ORIGIN, { size: 5_000, root: Buffer.alloc(32, 7).toString('base64'), note: '' });
    await append();
    await eventually(async () => expect(await told('broken')).toContainEqual(expect.objectContaining({ code: 'WITNESS_DISAGREES' })), { timeoutMs: 20_000 });
  });
});
