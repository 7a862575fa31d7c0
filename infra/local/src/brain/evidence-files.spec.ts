import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryOf, EVIDENCE_FORMAT, formatTlogProof, generateSigningKey, inclusionProof, PACKAGE, parseSigningKey, sha256, signKeyRotation, signManifest, ZipWriter, type EvidenceManifest } from '@brain/verifiable-log';
import { checkRecord } from './check-record.js';
import type { RecordCheck } from './record-check.js';
import { eventAt, eventsTo, exportTo, KEY, logOf, ORIGIN, temporaryFolder } from './log-folder.fixture.js';

const AT = '2026-03-01T08:00:00.000Z';

/** A package about the event at 7 of a log of ten. */
async function packageFiles(): Promise<[string, string][]> {
  const log = logOf(eventsTo(10));
  const checkpoint = (await log.checkpoint()) ?? '';
  const event = eventAt(7);
  const files: [string, string][] = [
    [PACKAGE.checkpoint, checkpoint],
    [PACKAGE.event(event.eventId), entryOf(event).toString('utf8')],
    [PACKAGE.proof(event.eventId), formatTlogProof({ index: 7, hashes: await inclusionProof(log, 7, 10), checkpoint })],
  ];
  const listed = files.map(([name, text]) => ({ path: name, size: Buffer.byteLength(text), sha256: sha256(Buffer.from(text)).toString('hex') }));
  const asked = { about: 'case', id: 'case-7', by: 'ana', at: AT } as const;
  const events = { count: 1, withheld: 2 };
  const manifest = JSON.stringify({ format: EVIDENCE_FORMAT, asked, origin: ORIGIN, keyIds: [], treeSize: 10, root: '', events, attachments: [], files: listed } satisfies EvidenceManifest);
  return [...files, [PACKAGE.manifest, manifest], [PACKAGE.manifestNote, signManifest(ORIGIN, Buffer.from(manifest), [parseSigningKey(KEY.skey)])]];
}

function zipOf(files: readonly (readonly [string, string])[]): Buffer {
  const zip = new ZipWriter(new Date(AT));
  const pieces = files.map(([name, text]) => zip.file(name, Buffer.from(text)));
  return Buffer.concat([...pieces, ...zip.end()]);
}

describe('brain verify of an evidence package', () => {
  let folder = '';
  const file = (name: string): string => path.join(folder, name);
  const check = (target: string, more: Partial<RecordCheck> = {}) =>
    checkRecord({ target: file(target), vkey: KEY.vkey, keep: false, witnesses: [], atLeast: 0, headers: {}, onProgress: () => undefined, ...more });

  beforeAll(async () => {
    folder = await temporaryFolder();
    const files = await packageFiles();
    await writeFile(file('e.zip'), zipOf(files));
    await writeFile(file('cut.zip'), zipOf(files).subarray(0, -30));
    await writeFile(file('more.zip'), zipOf([...files, ['more.txt', 'more']]));
    for (const [name, text] of files) {
      await mkdir(path.dirname(file(`e/${name}`)), { recursive: true });
      await writeFile(file(`e/${name}`), text);
    }
    await writeFile(file('same'), (await logOf(eventsTo(10)).checkpoint()) ?? '');
    await writeFile(file('fork'), (await logOf([...eventsTo(9), eventAt(11)]).checkpoint()) ?? '');
    const forked = logOf([...eventsTo(5), eventAt(4711), ...eventsTo(300).slice(6)]);
    for (const [name, log] of [['older', logOf(eventsTo(5))], ['newer', logOf(eventsTo(300))], ['forked-newer', forked]] as const) await writeFile(file(name), (await log.checkpoint()) ?? '');
    await exportTo(logOf(eventsTo(300)), file('log'));
    await exportTo(logOf(eventsTo(20)), file('short-log'));
    await exportTo(forked, file('forked-log'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('proves the archive and the folder it was unpacked into', async () => {
    const proven = /^all 1 events of the evidence about case case-7, 2 withheld are in the log brain.example\/log of 10 entries/;
    expect(await check('e.zip')).toMatch(proven);
    expect(await check('e')).toMatch(proven);
  });

  it('finds what was added, cut off or signed by somebody else', async () => {
    await expect(check('more.zip')).rejects.toMatchObject({ code: 'PACKAGE_FILE_ADDED' });
    await expect(check('cut.zip')).rejects.toMatchObject({ code: 'PACKAGE_MALFORMED' });
    await expect(check('e.zip', { vkey: generateSigningKey(ORIGIN).vkey })).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
  });

  it('compares it with a checkpoint that was kept of the same size', async () => {
    expect(await check('e.zip', { checkpoint: file('same') })).toContain('its log is that of the kept checkpoint');
    await expect(check('e.zip', { checkpoint: file('fork') })).rejects.toMatchObject({ code: 'HISTORY_FORKED' });
  });

  it('says that hashes of the log are needed where the kept checkpoint is of another size', async () => {
    for (const kept of ['older', 'newer', 'forked-newer']) await expect(check('e.zip', { checkpoint: file(kept) })).rejects.toThrow(/^CHECKPOINT_NOT_COMPARABLE: .*--log/);
  });

  it('proves with the log that the larger of the two continues the smaller, and finds that it does not', async () => {
    const log = file('log');
    expect(await check('e.zip', { checkpoint: file('older'), log })).toContain('; its log continues the kept checkpoint of 5 entries');
    expect(await check('e.zip', { checkpoint: file('newer'), log })).toContain('; the kept checkpoint of 300 entries continues its log');
    await expect(check('e.zip', { checkpoint: file('forked-newer'), log })).rejects.toMatchObject({ code: 'HISTORY_FORKED' });
    await expect(check('e.zip', { checkpoint: file('forked-newer'), log: file('forked-log') })).rejects.toMatchObject({ code: 'HISTORY_FORKED' });
    await expect(check('e.zip', { checkpoint: file('newer'), log: file('short-log') })).rejects.toThrow('CHECKPOINT_NOT_COMPARABLE: that log does not have all hashes');
  });

  it('keeps the newer of the two checkpoints, once they are one history', async () => {
    const kept = { checkpoint: file('kept'), keep: true };
    const sizeKept = async () => (await readFile(file('kept'), 'utf8')).split('\n')[1];
    expect(await check('e.zip', kept)).toContain('continues the kept checkpoint of 0 entries');
    expect(await sizeKept()).toBe('10');
    await copyFile(file('older'), file('kept'));
    await expect(check('e.zip', kept)).rejects.toThrow('CHECKPOINT_NOT_COMPARABLE');
    expect(await sizeKept()).toBe('5');
    await check('e.zip', { ...kept, log: file('log') });
    expect(await sizeKept()).toBe('10');
    await copyFile(file('newer'), file('kept'));
    await check('e.zip', { ...kept, log: file('log') });
    expect(await sizeKept()).toBe('300');
  });

  it('believes a kept checkpoint that was signed with a later key, which the log names', async () => {
    const next = generateSigningKey(ORIGIN);
    await exportTo(logOf(eventsTo(300), next.skey), file('rotated-log'));
    await mkdir(file('rotated-log/key-rotations'));
    await writeFile(file('rotated-log/key-rotations/1'), signKeyRotation(ORIGIN, parseSigningKey(KEY.skey), parseSigningKey(next.skey)));
    const rotated = { checkpoint: file('rotated-log/checkpoint'), log: file('rotated-log') };
    expect(await check('e.zip', rotated)).toContain('the kept checkpoint of 300 entries continues its log');
    await expect(check('e.zip', { ...rotated, log: file('log') })).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
  });
});
