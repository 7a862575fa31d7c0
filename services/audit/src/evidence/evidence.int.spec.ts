import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@brain/auth';
import { PersonalData, settledHead, START_POSITION } from '@brain/event-store';
import { eventually, tempDir, type TempDir } from '@brain/testing';
import { followKeyRotations, generateSigningKey, openZip, parseVerifierKey, verifyPackage, type EvidenceManifest, type PackageFiles } from '@brain/verifiable-log';
import { AuditUnderTest } from '../audit-under-test.fixture.js';
import { evidenceStory } from './evidence-story.fixture.js';

const ORIGIN = 'community-brain/log';
const run = promisify(execFile);
const PERIOD = 'from=2026-11-22T00:00:00.000Z&to=2026-11-23T00:00:00.000Z';

describe('an evidence package', () => {
  let audit: AuditUnderTest;
  let folder: TempDir;
  let vkey = '';
  const story = evidenceStory();

  beforeAll(async () => {
    [audit, folder] = await Promise.all([AuditUnderTest.start(), tempDir()]);
    for (const { streamId, event } of story.told) await audit.store.append([{ streamId, expectedRevision: 'any', events: [event] }]);
    const evaluation = story.evaluate((await settledHead(audit.store, 30_000)) ?? ''); // as staff-evaluation finds it
    await audit.store.append([{ streamId: `evaluation-${story.evaluationId}`, expectedRevision: 'none', events: [evaluation] }]);
    await eventually(async () => expect((await audit.ask('/api/audit/log/vkey', {})).status).toBe(200));
    vkey = (await (await audit.ask('/api/audit/log/vkey', {})).text()).trim();
  });
  afterAll(async () => {
    await audit.stop();
    await folder.remove();
  });

  const fetched = async (about: string, actor: Partial<Actor> = {}): Promise<PackageFiles> => {
    const response = await audit.ask(`/api/audit/evidence/${about}`, actor);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const bytes = Buffer.from(await response.arrayBuffer());
    return openZip({ size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) });
  };
  const text = async (files: PackageFiles, name: string) => Buffer.from(await files.read(name)).toString('utf8');
  const manifestOf = async (files: PackageFiles) => JSON.parse(await text(files, 'manifest.json')) as EvidenceManifest;
  const policy = () => ({ origin: ORIGIN, verifiers: [parseVerifierKey(vkey)] });
  const problem = async (about: string, actor: Partial<Actor> = {}) => {
    const response = await audit.ask(`/api/audit/evidence/${about}`, actor);
    return [response.status, ((await response.json()) as { code: string }).code];
  };
  const unpacked = async (files: PackageFiles): Promise<string> => {
    const to = path.join(folder.path, randomUUID());
    for (const name of files.names) {
      await mkdir(path.dirname(path.join(to, name)), { recursive: true });
      await writeFile(path.join(to, name), await files.read(name));
    }
    return to;
  };
  /** As on another computer: nothing but Node and the files. */
  const checkedIn = (cwd: string, ...args: string[]): Promise<string> => provenIn(cwd, 'verifier.mjs', ...args);
  const provenIn = (cwd: string, ...args: string[]): Promise<string> =>
    run(process.execPath, args, { cwd, env: {} }).then(
      ({ stdout }) => stdout,
      (error: unknown) => (error as { stderr: string }).stderr,
    );

  it('of a case has its whole story and the alert before it, proven against one checkpoint', async () => {
    const files = await fetched('cases/C-20261122-0001');
    const { manifest, checkpoint } = await verifyPackage(files, policy());
    const { raised, reported, dispatched, completed, closed } = story.ids;
    for (const id of [raised, reported, dispatched, completed, closed]) expect(files.names).toContain(`events/${id}.json`);
    expect(manifest).toMatchObject({ asked: { about: 'case', by: 'a' }, origin: ORIGIN, treeSize: checkpoint.size, attachments: [] });
    expect(manifest.events.count).toBeGreaterThanOrEqual(5);
    expect(manifest.events.withheld).toBe(0);
    expect(await text(files, `events/${completed}.json`)).not.toContain('王奶奶');
    expect(JSON.parse(await text(files, `readable/${completed}.json`))).toMatchObject({ data: { result: '已通知王奶奶' } });
  });

  it('tells it in both languages, and shows what people wrote as text', async () => {
    const page = await text(await fetched(`cases/${story.caseId}`), 'index.html');
    for (const words of ['案件证据包', 'Evidence package of a case', '按期结案', 'C-20261122-0001', '欧阳慕容', '派遣', 'Dispatched', '&lt;script&gt;']) expect(page).toContain(words);
    expect(page).not.toMatch(/<script|https?:\/\//);
  });

  it('verifies in a folder with Node alone', async () => {
    const to = await unpacked(await fetched(`cases/${story.caseId}`));
    expect(await checkedIn(to, '--package', '.', vkey)).toMatch(/^PROVEN \{"origin":"community-brain\/log","events":\d+,"withheld":0/);
    expect(await checkedIn(to)).toMatch(/^PROVEN /);
    expect(await provenIn(to, 'proof.mjs', `proofs/${story.ids.closed}.tlog-proof`, `events/${story.ids.closed}.json`, vkey)).toMatch(/^PROVEN /);
  });

  it('of a person has what concerns them in the period, their accounts and the stories of their cases', async () => {
    for (const id of [story.staffId, story.accountId]) {
      const files = await fetched(`people/${id}?${PERIOD}`);
      await verifyPackage(files, policy());
      for (const event of Object.values(story.ids).slice(1)) expect(files.names).toContain(`events/${event}.json`);
      expect(await text(files, 'index.html')).toContain('33.3 %');
    }
    expect(await problem(`people/${randomUUID()}?${PERIOD}`)).toEqual([404, 'EVIDENCE_NOT_FOUND']);
  });

  it('of an evaluation has the result and the stories it was computed from', async () => {
    const files = await fetched(`evaluations/${story.evaluationId}`, { roles: ['evaluator'], areaCodes: ['440305'] });
    const { manifest } = await verifyPackage(files, policy());
    expect(manifest.events).toEqual({ count: 5, withheld: 0 });
    const page = await text(files, 'index.html');
    for (const words of ['on-time-closing v1', '1 / 3', '计入']) expect(page).toContain(words);
    expect(await problem(`evaluations/${story.evaluationId}`, { areaCodes: ['440305001'] })).toEqual([404, 'EVIDENCE_NOT_FOUND']);
  });

  it('says how much it withholds, and gives nothing when all of it is elsewhere', async () => {
    const files = await fetched(`cases/${story.caseId}`, { areaCodes: ['440305001001'] });
    expect((await manifestOf(files)).events.withheld).toBeGreaterThan(0);
    await verifyPackage(files, policy());
  });

  it('of what lies outside the areas of who asks is answered as of what never was, and recorded as it is', async () => {
    const elsewhere = { id: 'far', areaCodes: ['110101001001'] };
    const answersTo = (caseRef: string, personId: string, evaluationId: string) =>
      Promise.all([`cases/${caseRef}`, `people/${personId}?${PERIOD}`, `evaluations/${evaluationId}`].map(async (about) => (await audit.ask(`/api/audit/evidence/${about}`, elsewhere)).text()));
    const never = await answersTo('440305-20200101-0001', randomUUID(), randomUUID());
    for (const answer of never) expect(JSON.parse(answer)).toMatchObject({ status: 404, code: 'EVIDENCE_NOT_FOUND' });
    expect(await answersTo('C-20261122-0001', story.staffId, story.evaluationId)).toEqual(never);
    const types = ['audit.data-exported.v1', 'audit.personal-data-read.v1'];
    // Stored before the answer; read once no older transaction of the server is open any more, whosever it is.
    await eventually(async () => {
      const recorded: unknown[] = [];
      for await (const { data, metadata } of audit.store.readAll({ after: START_POSITION, types })) {
        if (metadata.actor.id === 'far' && data.result === 'refused') recorded.push(data.code);
      }
      expect(recorded.sort()).toEqual([...Array<string>(3).fill('AREA_OUT_OF_SCOPE'), ...Array<string>(3).fill('EVIDENCE_NOT_FOUND')]);
    });
  });

  it('is not issued for a case or a person of whom there is nothing but that somebody asked', async () => {
    const [caseId, personId] = [randomUUID(), randomUUID()];
    for (const target of [caseId, personId]) {
      for (const [type, data] of [
        ['case-management.command-refused.v1', { command: 'POST /api/cases/:caseId/accept', status: 404 }],
        ['case-management.personal-data-read.v1', { kind: 'case', filters: [], records: 0, result: 'refused' }],
      ] as const) {
        const duty = { ...data, target, areaCode: '440305001001', code: 'CASE_UNKNOWN', address: null, count: 1, since: '2026-11-22T02:00:00.000Z' };
        const metadata = { source: 'case-management', time: '2026-11-22T02:00:00.000Z', correlationId: 'c', causationId: 'c', actor: { type: 'user', id: 'curious' }, areaCode: '440305001001' } as const;
        await audit.store.append([{ streamId: `duty-${randomUUID()}`, expectedRevision: 'none', events: [{ eventId: randomUUID(), type, data: duty, metadata }] }]);
      }
    }
    expect(await problem(`cases/${caseId}`)).toEqual([404, 'EVIDENCE_NOT_FOUND']);
    expect(await problem(`people/${personId}?${PERIOD}`)).toEqual([404, 'EVIDENCE_NOT_FOUND']);
  });

  it.each([
    ['cases/C-none', {}, 404, 'EVIDENCE_NOT_FOUND'],
    [`cases/${randomUUID()}`, {}, 404, 'EVIDENCE_NOT_FOUND'],
    [`evaluations/${randomUUID()}`, {}, 404, 'EVIDENCE_NOT_FOUND'],
    [`people/${randomUUID()}`, {}, 400, 'VALIDATION_FAILED'],
    [`people/${randomUUID()}?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z`, {}, 422, 'PERIOD_INVALID'],
    [`people/not-an-id?${PERIOD}`, {}, 400, 'REQUEST_INVALID'],
    [`cases/${randomUUID()}`, { roles: ['operator'] as const }, 403, 'ROLE_NOT_ALLOWED'],
  ])('refuses %s', async (about, actor, status, code) => {
    expect(await problem(about, actor)).toEqual([status, code]);
  });

  it('is on the record itself, with what it was about', async () => {
    const askedFor = async () => {
      const found = (await (await audit.ask(`/api/audit/events?type=audit.data-exported.v1&limit=500`, {})).json()) as { items: { data: { kind: string; target: string; form: string } }[] };
      return found.items.map(({ data: { kind, target, form } }) => [kind, target, form]);
    };
    await eventually(async () => expect(await askedFor()).toContainEqual(['evidence', story.caseId, 'archive']));
  });

  it('shows somebody who was erased since as erased, and proves the same', async () => {
    const { keys } = audit.get(PersonalData);
    await keys.destroy(`case:${story.caseId}`, (await keys.keyIdOf(`case:${story.caseId}`)) ?? '');
    const readable = async () => text(await fetched(`cases/${story.caseId}`), `readable/${story.ids.completed}.json`);
    await eventually(async () => expect(await readable()).not.toContain('王奶奶'), { timeoutMs: 20_000 });
    const files = await fetched(`cases/${story.caseId}`);
    await verifyPackage(files, policy());
    expect(await text(files, 'index.html')).toContain('已注销 erased');
  });

  it('with any lie in it is found out, by the library and by the verifier that lies in it', async () => {
    const files = await fetched(`cases/${story.caseId}`);
    const { closed, completed, dispatched } = story.ids;
    const changed = (name: string, change: (text: string) => string) => async (to: string) => writeFile(path.join(to, name), change(await readFile(path.join(to, name), 'utf8')));
    const lies: readonly (readonly [code: string, lie: (to: string) => Promise<unknown>])[] = [
      ['PACKAGE_FILE_CHANGED', changed('index.html', (page) => page.replace('按期结案', '超期结案'))],
      ['PACKAGE_FILE_CHANGED', changed(`events/${closed}.json`, (event) => event.replace('"onTime":true', '"onTime":false'))],
      ['PACKAGE_FILE_CHANGED', changed(`readable/${completed}.json`, (event) => event.replace('"data"', '"other"'))],
      ['PACKAGE_FILE_CHANGED', async (to) => writeFile(path.join(to, `proofs/${closed}.tlog-proof`), await readFile(path.join(to, `proofs/${dispatched}.tlog-proof`)))],
      ['PACKAGE_FILE_MISSING', (to) => rm(path.join(to, `events/${closed}.json`))],
      ['PACKAGE_FILE_ADDED', (to) => writeFile(path.join(to, 'events/more.json'), '{}')],
      ['MANIFEST_MISMATCH', changed('manifest.json', (manifest) => manifest.replace('"withheld": 0', '"withheld": 1'))],
      ['SIGNATURE_INVALID', changed('manifest.note', (note) => note.replace(/^[0-9a-f]{64}$/m, '0'.repeat(64)))],
    ];
    for (const [code, lie] of lies) {
      const to = await unpacked(files);
      await lie(to);
      expect(await checkedIn(to, '--package', '.', vkey)).toContain(`NOT PROVEN ${code} `);
    }
    const stranger = generateSigningKey(ORIGIN).vkey;
    expect(await checkedIn(await unpacked(files), '--package', '.', stranger)).toContain('NOT PROVEN KEY_UNKNOWN ');
    await expect(verifyPackage(files, { origin: ORIGIN, verifiers: followKeyRotations(stranger, ORIGIN, []) })).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
  });
});
