import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START_POSITION } from '@brain/event-store';
import { eventually } from '@brain/testing';
import { followKeyRotations, generateSigningKey, openCheckpoint, openZip, parseSigningKey, rotationsIn, signKeyRotation, verifyPackage } from '@brain/verifiable-log';
import { AuditUnderTest } from '../audit-under-test.fixture.js';

const ORIGIN = 'community-brain/log';

describe('a new key of the log', () => {
  let audit: AuditUnderTest;
  let pinned = '';
  beforeEach(async () => {
    audit = await AuditUnderTest.start({ AUDIT_LOG_KEYS_LOOK_MS: '50' });
    pinned = (await (await audit.ask('/api/audit/log/vkey', {})).text()).trim();
  });
  afterEach(() => audit.stop());

  const keyFile = () => path.join(path.dirname(audit.logFolder), 'log.key');
  /** As the operator's command does it, in its two steps. */
  const state = async (next: string, number: string) => {
    const current = parseSigningKey((await readFile(keyFile(), 'utf8')).split('\n')[0] ?? '');
    await mkdir(path.join(audit.logFolder, 'key-rotations'), { recursive: true });
    await writeFile(path.join(audit.logFolder, 'key-rotations', number), signKeyRotation(ORIGIN, current, parseSigningKey(next)));
  };
  const take = async (next: string) => writeFile(keyFile(), `${next}\n${await readFile(keyFile(), 'utf8')}`);
  const told = async () => {
    const found: unknown[] = [];
    for await (const { data } of audit.store.readAll({ after: START_POSITION, types: ['audit.log-key-rotated.v1'] })) found.push(data.vkey);
    return found;
  };

  it('is an event when it signs, once each', async () => {
    const [one, two] = [generateSigningKey(ORIGIN), generateSigningKey(ORIGIN)];
    await state(one.skey, '0001');
    await take(one.skey);
    await eventually(async () => expect(await told()).toEqual([one.vkey]), { timeoutMs: 20_000 });
    await state(two.skey, '0002');
    await take(two.skey);
    await eventually(async () => expect(await told()).toEqual([one.vkey, two.vkey]), { timeoutMs: 20_000 });
  });

  it('is followed by whoever pinned the one before, in a package too', async () => {
    const next = generateSigningKey(ORIGIN);
    await state(next.skey, '0001');
    await writeFile(keyFile(), `${next.skey}\n`);
    const caseId = randomUUID();
    const metadata = { source: 'case-management', time: '2026-11-22T02:00:00.000Z', correlationId: 'c', causationId: 'c', actor: { type: 'user' as const, id: 'op' }, areaCode: '440305' };
    const event = { eventId: randomUUID(), type: 'case-management.case-accepted.v1', data: { caseId, by: 'op', at: metadata.time }, metadata };
    await audit.store.append([{ streamId: `case-${caseId}`, expectedRevision: 'none', events: [event] }]);
    const verifiers = () => followKeyRotations(next.vkey, ORIGIN, []);
    await eventually(async () => expect(openCheckpoint(await (await audit.ask('/api/audit/log/checkpoint', {})).text(), { origin: ORIGIN, verifiers: verifiers() }).size).toBeGreaterThan(0));
    const bytes = Buffer.from(await (await audit.ask(`/api/audit/evidence/cases/${caseId}`, {})).arrayBuffer());
    const files = await openZip({ size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) });
    const trusted = followKeyRotations(pinned, ORIGIN, await rotationsIn(files));
    expect(trusted.map(({ vkey }) => vkey)).toEqual([pinned, next.vkey]);
    await expect(verifyPackage(files, { origin: ORIGIN, verifiers: trusted })).resolves.toMatchObject({ manifest: { events: { count: 1 } } });
  });
});
