import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ProblemDetails } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { AuditUnderTest } from '../audit-under-test.fixture.js';
import { EvidenceLeaves, type ProvenLeaf } from './evidence-leaves.js';
import { EvidenceMoments } from './evidence-moment.js';
import { MOST_EVENTS } from './evidence-search.query.js';

const AREA = '440305001001';
const PART = 10_000;
/** Together more than every buffer between the service and a reader who does not read. */
const LARGE = { events: 600, bytes: 32_000 };

/** Cannot be compressed much, and is one word to the search: an index of a million words is not the point here. */
const oneWord = (bytes: number) => randomBytes(bytes).toString('base64').replace(/[^a-z0-9]/gi, 'x');

describe('an evidence package and its reader', () => {
  let audit: AuditUnderTest;
  const caseId = randomUUID();

  beforeAll(async () => {
    // With the pause of production: each checkpoint writes the open bundle of entries anew, 11 MB of these.
    audit = await AuditUnderTest.start({ AUDIT_LOG_CHECKPOINT_MS: '300', AUDIT_EVIDENCE_PATIENCE_MS: '60000' });
    for (let at = 0; at < LARGE.events; at += 20) await audit.store.append([{ streamId: `case-${caseId}`, expectedRevision: 'any', events: Array.from({ length: 20 }, large) }]);
    const last = large();
    await audit.store.append([{ streamId: `case-${caseId}`, expectedRevision: 'any', events: [last] }]);
    await eventually(async () => expect((await audit.ask(`/api/audit/proof/${last.eventId}`, {})).status).toBe(200), { timeoutMs: 60_000 });
  });
  afterAll(() => audit.stop());

  const large = () => ({
    eventId: randomUUID(),
    type: 'case-management.case-accepted.v1',
    data: { caseId, by: 'op', at: '2026-11-22T02:00:00.000Z', comment: oneWord(LARGE.bytes) },
    metadata: { source: 'case-management', time: '2026-11-22T02:00:00.000Z', correlationId: 'c', causationId: 'c', actor: { type: 'user' as const, id: 'op' }, areaCode: AREA },
  });

  /** A reader at the other end of a socket of its own. */
  const reader = async (): Promise<Socket> => {
    const { hostname, port } = new URL(await audit.url());
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`GET /api/audit/evidence/cases/${caseId} HTTP/1.1\r\nHost: audit\r\nAuthorization: ${await audit.authorization()}\r\n\r\n`);
    return socket;
  };

  /** What the package takes from the log, seen from within. */
  const watchLeaves = () => {
    const seen = { taken: 0, ended: false };
    const leaves = audit.get(EvidenceLeaves);
    const read = leaves.read.bind(leaves);
    const spy = jest.spyOn(leaves, 'read').mockImplementation(async function* (...what): AsyncGenerator<ProvenLeaf> {
      try {
        for await (const leaf of read(...what)) {
          seen.taken += 1;
          yield leaf;
        }
      } finally {
        seen.ended = true;
      }
    });
    return { seen, stop: () => spy.mockRestore() };
  };

  it('is made no faster than it is read, and no further once the reader has gone', async () => {
    const { seen, stop } = watchLeaves();
    const socket = await reader();
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString('latin1')).toMatch(/^HTTP\/1\.1 200 /);
    socket.pause();
    let before = -1;
    await eventually(() => {
      const stands = seen.taken === before;
      before = seen.taken;
      expect([stands, before > 0]).toEqual([true, true]);
    });
    expect(seen).toMatchObject({ ended: false });
    expect(seen.taken).toBeLessThan(LARGE.events);
    socket.destroy();
    await eventually(() => expect(seen.ended).toBe(true));
    expect(seen.taken).toBeLessThan(LARGE.events);
    stop();
  });

  it('is not even begun when the reader goes while the checkpoint is waited for', async () => {
    const { seen, stop } = watchLeaves();
    const moments = audit.get(EvidenceMoments);
    const waiting: AbortSignal[] = [];
    const spy = jest.spyOn(moments, 'now').mockImplementation(async (_, gone) => {
      waiting.push(gone);
      if (!gone.aborted) await once(gone, 'abort');
      return undefined;
    });
    const socket = await reader();
    await eventually(() => expect(waiting).toHaveLength(1));
    socket.destroy();
    await eventually(() => expect(waiting[0]?.aborted).toBe(true));
    expect(seen.taken).toBe(0);
    spy.mockRestore();
    stop();
  });

  it('of more events than a package may have is refused with what may be done', async () => {
    const many = randomUUID();
    // In parts: while a transaction is open, the readers of every event store on the server wait for it.
    for (let from = 1; from <= MOST_EVENTS + 1; from += PART) {
      await audit.asOwner(
        `INSERT INTO audit.audit_event (position, event_id, type, stream_id, revision, source, area_code, actor_type, actor_id, time, recorded_at, correlation_id, causation_id, data)
         SELECT lpad(n::text, 20, '0'), gen_random_uuid(), 'case-management.case-accepted.v1', 'case-${many}', n, 'case-management', '${AREA}', 'user', 'op', now(), now(), 'c', 'c', '{}'
         FROM generate_series(${String(from)}, ${String(Math.min(from + PART - 1, MOST_EVENTS + 1))}) AS n`,
      );
    }
    const response = await audit.ask(`/api/audit/evidence/cases/${many}`, {});
    expect(response.status).toBe(413);
    expect((await response.json()) as ProblemDetails).toMatchObject({ code: 'EVIDENCE_TOO_LARGE', detail: 'A package has at most 100,000 events: ask for a shorter period' });
  });
});
