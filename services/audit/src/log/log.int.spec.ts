import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@brain/auth';
import { eventually } from '@brain/testing';
import { FileTiles, fromBase64, HttpTiles, parseCheckpoint, parseNote, parseVerifierKey, verifyAgainst, verifyConsistency, verifyLog, verifyTlogProof } from '@brain/verifiable-log';
import type { EventProof } from '@brain/contracts';
import { AuditUnderTest } from '../audit-under-test.fixture.js';

const ORIGIN = 'community-brain/log';
const HERE = '440305001001';
const COUNT = 700;

const caseAccepted = (areaCode?: string) => ({
  eventId: randomUUID(),
  type: 'case-management.case-accepted.v1',
  data: { caseId: randomUUID(), by: '李敏', at: '2026-11-22T02:00:00.000Z' },
  metadata: {
    source: 'case-management',
    time: '2026-11-22T02:00:00.000Z',
    correlationId: 'correlation-1',
    causationId: 'cause-1',
    actor: { type: 'user' as const, id: 'op' },
    ...(areaCode === undefined ? {} : { areaCode }),
  },
});

describe('the log over HTTP', () => {
  let audit: AuditUnderTest;
  const events = Array.from({ length: COUNT }, () => caseAccepted(HERE));

  beforeAll(async () => {
    audit = await AuditUnderTest.start();
    for (let at = 0; at < COUNT; at += 70) {
      await audit.store.append([{ streamId: `case-${String(at)}`, expectedRevision: 'none', events: events.slice(at, at + 70) }]);
    }
    await eventually(async () => expect((await checkpoint()).size).toBe(COUNT));
    await eventually(async () => expect(await (await audit.ask('/api/audit/events/count', {})).json()).toEqual({ count: COUNT, exact: true }));
  });
  afterAll(() => audit.stop());

  const text = async (path: string) => (await audit.ask(`/api/audit/log/${path}`, {}, { authorization: '' })).text();
  const checkpoint = async () => parseCheckpoint(parseNote(await text('checkpoint')).text);
  const policy = async () => ({ origin: ORIGIN, verifiers: [parseVerifierKey((await text('vkey')).trim())] });
  const problem = async (path: string, actor: Partial<Actor> = {}) => {
    const response = await audit.ask(path, actor);
    return { status: response.status, ...((await response.json()) as object) };
  };

  it('is whole on disk, as any verifier of the format reads it', async () => {
    await expect(verifyLog(new FileTiles(audit.logFolder), await policy())).resolves.toMatchObject({ size: COUNT });
  });

  it('proves every event, as JSON and as a proof file', async () => {
    const trusted = await policy();
    for (const [index, { eventId }] of [...events.entries()].filter(([at]) => at % 97 === 0)) {
      const proof = (await (await audit.ask(`/api/audit/proof/${eventId}`, {})).json()) as EventProof;
      expect(proof).toMatchObject({ eventId, leafIndex: index });
      expect(JSON.parse(proof.entry)).toMatchObject({ eventId, data: { by: '李敏' } });
      expect(await (await audit.ask(`/api/audit/events/${eventId}`, {})).json()).toMatchObject({ leafIndex: index });
      expect(verifyTlogProof(proof.proof, Buffer.from(proof.entry), trusted).index).toBe(index);
      const file = await audit.ask(`/api/audit/proof/${eventId}`, {}, { accept: 'text/plain' });
      expect(file.headers.get('content-disposition')).toContain(`${eventId}.tlog-proof`);
      expect(verifyTlogProof(await file.text(), Buffer.from(proof.entry), trusted).index).toBe(index);
    }
  });

  it('shows that it continues what it was, to anybody', async () => {
    const kept = await text('checkpoint');
    const before = parseCheckpoint(parseNote(kept).text);
    await audit.store.append([{ streamId: 'case-later', expectedRevision: 'none', events: [caseAccepted(HERE)] }]);
    await eventually(async () => expect((await checkpoint()).size).toBeGreaterThan(before.size));
    const after = await checkpoint();
    const { hashes } = JSON.parse(await text(`consistency?from=${String(before.size)}&to=${String(after.size)}`)) as { hashes: string[] };
    verifyConsistency(before, after, hashes.map(fromBase64));
    await expect(verifyAgainst(kept, new HttpTiles(`${await audit.url()}/api/audit/log`), await policy())).resolves.toBeDefined();
  });

  it('gives an old partial tile though only wider ones are left', async () => {
    const wide = Buffer.from(await (await audit.ask('/api/audit/log/tile/0/002.p/188', {})).arrayBuffer());
    const narrow = Buffer.from(await (await audit.ask('/api/audit/log/tile/0/002.p/3', {})).arrayBuffer());
    expect(narrow).toEqual(wide.subarray(0, 96));
  });

  it('gives hashes to everybody and entries only to those who may read every area', async () => {
    expect((await fetch(`${await audit.url()}/api/audit/log/tile/0/000`)).status).toBe(200);
    expect((await fetch(`${await audit.url()}/api/audit/log/tile/entries/000`)).status).toBe(401);
    expect(await problem('/api/audit/log/tile/entries/000', { roles: ['operator'] })).toMatchObject({ status: 403, code: 'ROLE_NOT_ALLOWED' });
    expect(await problem('/api/audit/log/tile/entries/000', { areaCodes: ['440305'] })).toMatchObject({ status: 403, code: 'AREA_OUT_OF_SCOPE' });
    expect((await audit.ask('/api/audit/log/tile/entries/000', {})).status).toBe(200);
  });

  it.each([
    ['/api/audit/log/tile/0/009', 404, 'TILE_NOT_FOUND'],
    ['/api/audit/log/tile/0/9', 404, 'TILE_NOT_FOUND'],
    ['/api/audit/log/tile/0/000.p/257', 404, 'TILE_NOT_FOUND'],
    ['/api/audit/log/tile/0/x001/../../checkpoint', 404, ''],
    ['/api/audit/log/consistency?from=5&to=4', 422, 'LOG_SIZE_NOT_REACHED'],
    ['/api/audit/log/consistency?from=5&to=4000', 422, 'LOG_SIZE_NOT_REACHED'],
    ['/api/audit/log/consistency?from=x&to=4', 400, 'VALIDATION_FAILED'],
    [`/api/audit/proof/${randomUUID()}`, 404, 'EVENT_NOT_FOUND'],
    ['/api/audit/proof/7', 400, 'REQUEST_INVALID'],
  ])('refuses %s', async (path, status, code) => {
    expect(await problem(path)).toMatchObject({ status, ...(code === '' ? {} : { code }) });
  });

  it('proves nothing outside the areas of who asks', async () => {
    const path = `/api/audit/proof/${events[0]?.eventId ?? ''}`;
    const elsewhere = { areaCodes: ['440306'] };
    expect(await problem(path, elsewhere)).toEqual(await problem(`/api/audit/proof/${randomUUID()}`, elsewhere));
  });
});
