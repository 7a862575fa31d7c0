import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatTlogProof, generateSigningKey, inclusionProof, parseSigningKey, signKeyRotation, type MemoryTiles } from '@brain/verifiable-log';
import { checkRecord } from './check-record.js';
import type { RecordCheck } from './record-check.js';
import { eventAt, eventsTo, exportTo, KEY, logOf, ORIGIN, temporaryFolder } from './log-folder.fixture.js';

const events = eventsTo(300);
const log = logOf(events);
let folder = '';
let server: Server;
let shown: MemoryTiles = log;
let rotations: readonly string[] | undefined;
let url = '';

const file = (name: string): string => path.join(folder, name);

function check(target: string, more: Partial<RecordCheck> = {}): Promise<string> {
  return checkRecord({ target, vkey: KEY.vkey, keep: false, witnesses: [], atLeast: 0, headers: {}, onProgress: () => undefined, ...more });
}

beforeAll(async () => {
  folder = await temporaryFolder();
  server = createServer((request, response) => {
    if (request.url === '/api/audit/log/key-rotations' && rotations !== undefined) return void response.end(JSON.stringify(rotations));
    const bytes = shown.files.get((request.url ?? '').replace('/api/audit/log/', ''));
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/audit/log`;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

describe('checking a proof file', () => {
  beforeAll(async () => {
    const checkpoint = (await log.checkpoint()) ?? '';
    await writeFile(file('7.tlog-proof'), formatTlogProof({ index: 7, hashes: await inclusionProof(log, 7, 300), checkpoint }));
    await writeFile(file('7.json'), JSON.stringify(eventAt(7)));
    await writeFile(file('8.json'), JSON.stringify(eventAt(8)));
    await writeFile(file('more.json'), JSON.stringify({ ...eventAt(7), note: 'not in the log' }));
    await writeFile(file('log.vkey'), `${KEY.vkey}\n`);
  });

  it('says where the event is, with the key as text or in a file', async () => {
    const line = `event ${eventAt(7).eventId} is entry 7 of the log ${ORIGIN} of 300 entries`;
    expect(await check(file('7.tlog-proof'), { event: file('7.json') })).toContain(line);
    expect(await check(file('7.tlog-proof'), { event: file('7.json'), vkey: file('log.vkey') })).toContain(line);
  });

  it('refuses another event, a wrong key, a wrong origin and witnesses that did not cosign', async () => {
    const about = { event: file('7.json') };
    await expect(check(file('7.tlog-proof'), { event: file('8.json') })).rejects.toMatchObject({ code: 'INCLUSION_PROOF_INVALID' });
    await expect(check(file('7.tlog-proof'), { ...about, vkey: generateSigningKey(ORIGIN).vkey })).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    await expect(check(file('7.tlog-proof'), { ...about, origin: 'other.example/log' })).rejects.toMatchObject({ code: 'ORIGIN_MISMATCH' });
    const witness = generateSigningKey('w.example', 'cosignature/v1').vkey;
    await expect(check(file('7.tlog-proof'), { ...about, witnesses: [witness], atLeast: 1 })).rejects.toMatchObject({ code: 'COSIGNATURES_MISSING' });
  });

  it('does not check what is not an event, or is one with something added', async () => {
    await expect(check(file('7.tlog-proof'))).rejects.toThrow('give its file too');
    await expect(check(file('7.tlog-proof'), { event: file('more.json') })).rejects.toThrow('note');
    await expect(check(file('missing.tlog-proof'), { event: file('7.json') })).rejects.toThrow('ENOENT');
  });
});

describe('checking an exported log', () => {
  it('passes a whole one and one that was copied while it grew', async () => {
    const whole = file('whole');
    await exportTo(log, whole);
    expect(await check(whole)).toContain(`all entries fit the log ${ORIGIN} of 300 entries`);
    await writeFile(path.join(whole, 'checkpoint'), (await logOf(events.slice(0, 290)).checkpoint()) ?? '');
    expect(await check(whole)).toContain('of 290 entries');
  });

  it('names the first entry that was edited', async () => {
    const edited = file('edited');
    await exportTo(log, edited);
    const bundle = path.join(edited, 'tile/entries/000');
    await writeFile(bundle, (await readFile(bundle, 'latin1')).replace('"caseId":"case-42"', '"caseId":"case-24"'), 'latin1');
    await expect(check(edited)).rejects.toMatchObject({ code: 'ENTRY_MISMATCH', index: 42 });
  });

  it('follows a key rotation that lies in the folder, and also compares with a kept checkpoint', async () => {
    const rotated = file('rotated');
    const next = generateSigningKey(ORIGIN);
    await exportTo(logOf(events, next.skey), rotated);
    await expect(check(rotated)).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    await mkdir(path.join(rotated, 'key-rotations'));
    await writeFile(path.join(rotated, 'key-rotations/1'), signKeyRotation(ORIGIN, parseSigningKey(KEY.skey), parseSigningKey(next.skey)));
    await writeFile(file('kept'), (await logOf(events.slice(0, 100)).checkpoint()) ?? '');
    expect(await check(rotated, { checkpoint: file('kept') })).toContain('continue the checkpoint of 100 entries; it has 300 now');
  });
});

describe('checking a live log', () => {
  it('keeps its first checkpoint, then finds every other history', async () => {
    shown = logOf(events.slice(0, 100));
    const kept = { checkpoint: file('live'), keep: true };
    await expect(check(url, { checkpoint: file('live') })).rejects.toThrow('ENOENT');
    expect(await check(url, kept)).toContain('100 now');
    shown = log;
    expect(await check(url, kept)).toContain('continues the checkpoint of 100 entries; it has 300 now');
    shown = logOf([...events.slice(0, 50), eventAt(4711), ...events.slice(51)]);
    await expect(check(url, kept)).rejects.toMatchObject({ code: 'HISTORY_FORKED' });
    shown = logOf(events.slice(0, 299));
    await expect(check(url, kept)).rejects.toMatchObject({ code: 'TREE_SHRUNK' });
    shown = log;
    expect(await check(url, kept)).toContain('300 now');
  });

  it('is followed to a new key', async () => {
    const next = generateSigningKey(ORIGIN);
    shown = logOf(events, next.skey);
    rotations = [signKeyRotation(ORIGIN, parseSigningKey(KEY.skey), parseSigningKey(next.skey))];
    expect(await check(url, { checkpoint: file('live'), keep: true })).toContain('300 now');
    rotations = undefined;
    await expect(check(url, { checkpoint: file('live') })).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
  });

  it('is checked entry by entry without a kept checkpoint', async () => {
    shown = log;
    expect(await check(url)).toContain('all entries fit');
    expect(await check(`${url}/`)).toContain('all entries fit');
  });

  it('that does not answer is not called a lie', async () => {
    await expect(check('http://127.0.0.1:1/log', { checkpoint: file('live') })).rejects.not.toHaveProperty('index');
    await rename(file('live'), file('gone'));
    await expect(check(url, { checkpoint: file('live') })).rejects.toThrow('ENOENT');
  });
});
