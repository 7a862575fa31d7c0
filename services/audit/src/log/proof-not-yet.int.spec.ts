import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProblemDetails } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { AuditUnderTest } from '../audit-under-test.fixture.js';

const EVERY_S = 60;

describe('a proof that is asked for before the checkpoint', () => {
  let audit: AuditUnderTest;
  const [first, second] = [randomUUID(), randomUUID()];

  const append = (eventId: string) =>
    audit.store.append([
      {
        streamId: `case-${eventId}`,
        expectedRevision: 'none',
        events: [
          {
            eventId,
            type: 'case-management.case-accepted.v1',
            data: { caseId: eventId, by: 'op', at: '2026-11-22T02:00:00.000Z' },
            metadata: { source: 'case-management', time: '2026-11-22T02:00:00.000Z', correlationId: 'c', causationId: 'c', actor: { type: 'user', id: 'op' }, areaCode: '440305001001' },
          },
        ],
      },
    ]);
  const refused = async (path: string) => {
    const response = await audit.ask(path, {});
    const { code, detail } = (await response.json()) as ProblemDetails;
    return { status: response.status, code, detail, retryAfter: Number(response.headers.get('retry-after')) };
  };

  /** The log signs once, and then not for a minute. */
  beforeAll(async () => {
    audit = await AuditUnderTest.start({ AUDIT_LOG_CHECKPOINT_MS: String(EVERY_S * 1_000), AUDIT_EVIDENCE_PATIENCE_MS: '200' });
    await append(first);
    await eventually(async () => expect((await audit.ask(`/api/audit/proof/${first}`, {})).status).toBe(200));
    await append(second);
    await eventually(async () => expect((await audit.ask(`/api/audit/events/${second}`, {})).status).toBe(200));
  });
  afterAll(() => audit.stop());

  it('is answered with when it will be there, as a header and in words', async () => {
    const { status, code, detail, retryAfter } = await refused(`/api/audit/proof/${second}`);
    expect([status, code]).toEqual([409, 'PROOF_NOT_YET']);
    expect(retryAfter).toBeGreaterThan(1);
    expect(retryAfter).toBeLessThanOrEqual(EVERY_S);
    const dueAt = /due at (\S+Z)$/.exec(detail)?.[1] ?? '';
    expect(Math.abs(Date.parse(dueAt) - (Date.now() + retryAfter * 1_000))).toBeLessThan(5_000);
  });

  it('is answered in the same way for an evidence package, once it has waited', async () => {
    const { status, code, detail, retryAfter } = await refused(`/api/audit/evidence/cases/${second}`);
    expect([status, code]).toEqual([409, 'PROOF_NOT_YET']);
    expect(detail).toMatch(/^The newest events are stored and will be in the next checkpoint, which is due at \S+Z$/);
    expect(retryAfter).toBeGreaterThan(1);
  });

  it('does not concern what was signed before', async () => {
    expect((await audit.ask(`/api/audit/proof/${first}`, {})).status).toBe(200);
  });
});
