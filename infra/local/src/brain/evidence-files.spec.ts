import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryOf, EVIDENCE_FORMAT, formatTlogProof, generateSigningKey, inclusionProof, PACKAGE, parseSigningKey, sha256, signManifest, ZipWriter, type EvidenceManifest } from '@brain/verifiable-log';
import { checkRecord } from './check-record.js';
import { eventAt, eventsTo, KEY, logOf, ORIGIN, temporaryFolder } from './log-folder.fixture.js';

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
  const check = (target: string, more: { readonly vkey?: string; readonly checkpoint?: string } = {}) =>
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
    await writeFile(file('older'), (await logOf(eventsTo(5)).checkpoint()) ?? '');
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

  it('compares it with a checkpoint that was kept of the same size, and says so when it cannot', async () => {
    expect(await check('e.zip', { checkpoint: file('same') })).toContain('10 entries');
    await expect(check('e.zip', { checkpoint: file('fork') })).rejects.toMatchObject({ code: 'HISTORY_FORKED' });
    await expect(check('e.zip', { checkpoint: file('older') })).rejects.toThrow('cannot be compared');
  });
});
