import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import type pg from 'pg';
import { AuditUnderTest } from '../audit-under-test.fixture.js';

const RUNNING = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~ '^(SELECT|WITH)'";

describe('a search whose reader has left', () => {
  let audit: AuditUnderTest;

  beforeAll(async () => {
    audit = await AuditUnderTest.start({ AUDIT_DATABASE_POOL: '20' }); // leases and the projection, which the lock stops too, take some
  });
  afterAll(() => audit.stop());

  const running = async (onlooker: pg.Client): Promise<number> => (await onlooker.query(RUNNING)).rowCount ?? 0;

  /** While this lasts no search comes to an end. Who looks on does so from outside: a transaction sees the others as they were at its first look. */
  const whileSearchesWait = (work: (onlooker: pg.Client) => Promise<void>) =>
    audit.withOwner(async (client) => {
      await client.query('BEGIN; LOCK TABLE audit.audit_event IN ACCESS EXCLUSIVE MODE');
      await audit.withOwner(work);
      await client.query('ROLLBACK');
    });

  it.each([
    ['a page', '/api/audit/events?actor=nobody', 'application/json'],
    ['a page found by words', '/api/audit/events?q=lift', 'application/json'],
    ['lines', '/api/audit/events?actor=nobody', 'application/x-ndjson'],
    ['a count', '/api/audit/events/count?q=lift', 'application/json'],
  ])('is no longer worked on by the database: %s', async (_, path, accept) => {
    const headers = { authorization: await audit.authorization(), accept };
    const url = `${await audit.url()}${path}`;
    await whileSearchesWait(async (onlooker) => {
      const leaving = new AbortController();
      const asked = fetch(url, { headers, signal: leaving.signal }).catch((error: unknown) => error);
      await eventually(async () => expect(await running(onlooker)).toBe(1));
      leaving.abort();
      expect(await asked).toMatchObject({ name: 'AbortError' });
      await eventually(async () => expect(await running(onlooker)).toBe(0));
    });
    const again = await fetch(url, { headers });
    expect(again.status).toBe(200);
    await again.body?.cancel();
  });

  it('is stopped even when every connection of the service is at work for readers who have left', async () => {
    const headers = { authorization: await audit.authorization() };
    const url = `${await audit.url()}/api/audit/events?actor=nobody`;
    await whileSearchesWait(async (onlooker) => {
      const leaving = new AbortController();
      const asked = Array.from({ length: 40 }, () => fetch(url, { headers, signal: leaving.signal }).catch(() => undefined));
      await eventually(async () => expect(await running(onlooker)).toBeGreaterThan(1));
      leaving.abort();
      await Promise.all(asked);
      await eventually(async () => expect(await running(onlooker)).toBe(0));
    });
    expect((await fetch(url, { headers })).status).toBe(200);
  });
});
