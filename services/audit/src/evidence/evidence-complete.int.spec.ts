import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ProblemDetails } from '@brain/contracts';
import { eventually } from '@brain/testing';
import pg from 'pg';
import { AuditUnderTest } from '../audit-under-test.fixture.js';
import { LogLedger } from '../log/log-ledger.js';
import { EvidenceMoments } from './evidence-moment.js';

describe('an evidence package leaves out nothing that was stored when it was asked for', () => {
  let audit: AuditUnderTest;
  let other: pg.Client;

  beforeAll(async () => {
    audit = await AuditUnderTest.start({ AUDIT_EVIDENCE_PATIENCE_MS: '60000' });
    other = await audit.connect();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await other.query('ROLLBACK');
  });
  afterAll(() => audit.stop());

  const accepted = async (caseId: string): Promise<string> => {
    const eventId = randomUUID();
    const data = { caseId, by: 'op', at: '2026-11-22T02:00:00.000Z' };
    const metadata = { source: 'case-management', time: data.at, correlationId: 'c', causationId: 'c', actor: { type: 'user', id: 'op' }, areaCode: '440305001001' } as const;
    await audit.store.append([{ streamId: `case-${caseId}`, expectedRevision: 'any', events: [{ eventId, type: 'case-management.case-accepted.v1', data, metadata }] }]);
    return eventId;
  };
  const asked = (caseId: string) => audit.ask(`/api/audit/evidence/cases/${caseId}`, {});
  const eventsIn = async (response: Response) => {
    await response.arrayBuffer();
    return [response.status, response.headers.get('x-evidence-events')];
  };
  const refusal = async (response: Response) => {
    const { code, detail } = (await response.json()) as ProblemDetails;
    return { status: response.status, code, detail, retryAfter: response.headers.get('retry-after') };
  };
  /** The patience of the service, for one package, without the wait. */
  const impatiently = () => {
    const moments = audit.get(EvidenceMoments);
    const now = moments.now.bind(moments);
    jest.spyOn(moments, 'now').mockImplementation((_, gone) => now(100, gone));
  };

  it('waits for an event that an older open transaction hides from readers', async () => {
    const caseId = randomUUID();
    await accepted(caseId);
    expect(await eventsIn(await asked(caseId))).toEqual([200, '1']);

    await other.query('BEGIN');
    await other.query('SELECT pg_current_xact_id()');
    await accepted(caseId);
    const looks = jest.spyOn(audit.get(LogLedger), 'head');
    const answer = asked(caseId);
    await eventually(() => expect(looks.mock.calls.length).toBeGreaterThan(2));
    await other.query('COMMIT');
    expect(await eventsIn(await answer)).toEqual([200, '2']);
  });

  it('is refused with EVIDENCE_NOT_YET and Retry-After while the search lacks an event, and has it later', async () => {
    const caseId = randomUUID();
    await accepted(caseId);
    expect(await eventsIn(await asked(caseId))).toEqual([200, '1']);

    await other.query('BEGIN');
    await other.query('LOCK TABLE audit.audit_event IN SHARE MODE');
    await accepted(caseId);
    await eventually(async () => expect((await audit.get(LogLedger).head()).position).toBe(await audit.store.newestPosition()));
    impatiently();
    // The log may lag for a moment as well, behind the record of the very question.
    await eventually(async () =>
      expect(await refusal(await asked(caseId))).toEqual({
        status: 409,
        code: 'EVIDENCE_NOT_YET',
        detail: 'The newest events are stored but cannot be searched yet, and a package now would leave them out',
        retryAfter: '5',
      }),
    );
    jest.restoreAllMocks();
    await other.query('COMMIT');
    expect(await eventsIn(await asked(caseId))).toEqual([200, '2']);
  });

  it('is refused with EVIDENCE_INCOMPLETE when the log lacks an event that it should have', async () => {
    const caseId = randomUUID();
    await accepted(caseId);
    const eventId = await accepted(caseId);
    expect(await eventsIn(await asked(caseId))).toEqual([200, '2']);
    await audit.asOwner(`DELETE FROM audit.log_leaf WHERE position = (SELECT position FROM audit.audit_event WHERE event_id = '${eventId}')`);
    expect(await refusal(await asked(caseId))).toMatchObject({ status: 409, code: 'EVIDENCE_INCOMPLETE' });
  });
});
