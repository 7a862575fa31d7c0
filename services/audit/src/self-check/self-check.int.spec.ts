import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START_POSITION } from '@brain/event-store';
import { eventually } from '@brain/testing';
import { AuditUnderTest } from '../audit-under-test.fixture.js';

const COUNT = 600;

const caseAccepted = (n: number) => ({
  eventId: randomUUID(),
  type: 'case-management.case-accepted.v1',
  data: { caseId: randomUUID(), by: `worker ${String(n)}`, at: '2026-11-22T02:00:00.000Z' },
  metadata: { source: 'case-management', time: '2026-11-22T02:00:00.000Z', correlationId: 'c', causationId: 'c', actor: { type: 'user' as const, id: 'op' } },
});

describe('the self-check finds and tells, with the first bad position,', () => {
  let audit: AuditUnderTest;
  const events = Array.from({ length: COUNT }, (_, n) => caseAccepted(n));

  beforeEach(async () => {
    audit = await AuditUnderTest.start({ AUDIT_LOG_CHECK_PAUSE_MS: '50' });
    await audit.store.append([{ streamId: 'case-1', expectedRevision: 'none', events }]);
    await eventually(async () => expect(await size()).toBe(COUNT));
  });
  afterEach(() => audit.stop());

  const size = async () => Number((await readFile(path.join(audit.logFolder, 'checkpoint'), 'utf8')).split('\n')[1]);
  const found = async (kind: 'broken' | 'whole') => {
    const told: unknown[] = [];
    // From the store itself: a read through the door is on the record too, and these tests cut the record's end off.
    for await (const { data } of audit.store.readAll({ after: START_POSITION, types: [`audit.record-found-${kind}.v1`] })) told.push(data);
    return told;
  };
  const tells = (code: string, leafIndex: number | null) =>
    eventually(async () => expect(await found('broken')).toContainEqual(expect.objectContaining({ code, leafIndex })), { timeoutMs: 20_000 });
  /** What somebody with all rights in the database can do. */
  const tamper = (sql: string) =>
    audit.asOwner(`BEGIN; ALTER TABLE event_store.event DISABLE TRIGGER USER; ${sql}; ALTER TABLE event_store.event ENABLE TRIGGER USER; COMMIT`);

  it('a row edited by hand, and that it is whole again', async () => {
    const edit = (from: string, to: string) => tamper(`UPDATE event_store.event SET data = replace(data::text, '${from}', '${to}')::json WHERE revision = 313 AND stream_id = 'case-1'`);
    await edit('worker 313', 'worker 999');
    await tells('RECORD_CHANGED', 313);
    await edit('worker 999', 'worker 313');
    await eventually(async () => expect(await found('whole')).toHaveLength(1));
    expect(await found('broken')).toHaveLength(1);
  });

  it('a deleted row', async () => {
    await tamper(`DELETE FROM event_store.event WHERE revision = 42 AND stream_id = 'case-1'`);
    await tells('RECORD_CHANGED', 42);
  });

  it('two swapped rows', async () => {
    await tamper(`UPDATE event_store.event SET revision = CASE revision WHEN 7 THEN 100007 ELSE 100008 END WHERE revision IN (7, 8) AND stream_id = 'case-1';
                  UPDATE event_store.event SET revision = CASE revision WHEN 100007 THEN 8 ELSE 7 END WHERE revision > 100000`);
    await tells('RECORD_CHANGED', 7);
  });

  it('an old backup of the store', async () => {
    await tamper(`DELETE FROM event_store.event WHERE revision >= 590 AND stream_id = 'case-1'`);
    await tells('RECORD_SHORT', 590);
  });

  it('an old backup of the whole database', async () => {
    await tamper(`DELETE FROM event_store.event WHERE revision >= 590 AND stream_id = 'case-1'; UPDATE audit.log_head SET tree_size = 590; DELETE FROM audit.log_leaf WHERE leaf_index >= 590`);
    await tells('TREE_SHRUNK', 590);
  });

  it('a changed entry in the folder, a changed tile, a lost tile', async () => {
    const changed = async (name: string, at: number, tell: () => Promise<unknown>) => {
      const file = path.join(audit.logFolder, 'tile', name);
      const good = await readFile(file);
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 1;
      await writeFile(file, bad);
      await tell();
      await writeFile(file, good);
    };
    await changed('entries/001', 10, () => tells('ENTRY_MISMATCH', 256));
    await changed('0/000', 32 * 5, () => tells('ENTRY_MISMATCH', 5));
    await rm(path.join(audit.logFolder, 'tile/0/001'));
    await tells('TILE_MISSING', 256);
  });

  it('a log signed with another key', async () => {
    const file = path.join(audit.logFolder, 'checkpoint');
    const note = await readFile(file, 'utf8');
    await writeFile(file, note.replace(/(— \S+ )(.{8})/, '$1AAAAAAAA'));
    await tells('KEY_UNKNOWN', null);
  });
});
