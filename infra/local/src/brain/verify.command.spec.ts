import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { formatTlogProof, generateSigningKey, inclusionProof } from '@brain/verifiable-log';
import { eventAt, eventsTo, exportTo, KEY, logOf, ORIGIN, temporaryFolder } from './log-folder.fixture.js';
import { verifyCommand } from './verify.command.js';

const log = logOf(eventsTo(300));
let folder = '';

/** Exit code and the one line that was said. */
async function brainVerify(...args: string[]): Promise<[number | string | null | undefined, string]> {
  const lines: string[] = [];
  const say = (line: unknown): void => void lines.push(String(line));
  const spies = [jest.spyOn(console, 'log').mockImplementation(say), jest.spyOn(console, 'error').mockImplementation(say)];
  await verifyCommand().parseAsync(args, { from: 'user' });
  for (const spy of spies) spy.mockRestore();
  return [process.exitCode, lines.join('\n')];
}

const file = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await temporaryFolder();
  await exportTo(log, file('log'));
  await writeFile(file('7.tlog-proof'), formatTlogProof({ index: 7, hashes: await inclusionProof(log, 7, 300), checkpoint: (await log.checkpoint()) ?? '' }));
  await writeFile(file('7.json'), JSON.stringify(eventAt(7)));
  await writeFile(file('8.json'), JSON.stringify(eventAt(8)));
  await writeFile(file('log.vkey'), `${KEY.vkey}\n`);
});

afterEach(() => {
  process.exitCode = undefined;
});

afterAll(() => rm(folder, { recursive: true }));

describe('brain verify', () => {
  it('says in one line that an event or a log is proven, and ends with 0', async () => {
    expect(await brainVerify(file('7.tlog-proof'), file('7.json'), '--vkey', KEY.vkey)).toEqual([0, expect.stringMatching(/^PROVEN: event \S+ is entry 7 of the log brain\.example\/log of 300 entries \(root \S+\)$/)]);
    expect(await brainVerify(file('log'), '--vkey', file('log.vkey'))).toEqual([0, expect.stringMatching(/^PROVEN: all entries fit the log brain\.example\/log of 300 entries/)]);
  });

  it('says why not, with the code and the place, and ends with 1', async () => {
    expect(await brainVerify(file('7.tlog-proof'), file('8.json'), '--vkey', KEY.vkey)).toEqual([1, expect.stringMatching(/^NOT PROVEN \(INCLUSION_PROOF_INVALID at entry 7\): /)]);
    expect(await brainVerify(file('log'), '--vkey', generateSigningKey(ORIGIN).vkey)).toEqual([1, expect.stringMatching(/^NOT PROVEN \(KEY_UNKNOWN\): /)]);
    expect(await brainVerify(file('log'), '--vkey', KEY.vkey, '--origin', 'other')).toEqual([1, expect.stringMatching(/^NOT PROVEN \(ORIGIN_MISMATCH\): /)]);
    const witness = generateSigningKey('w.example', 'cosignature/v1').vkey;
    expect(await brainVerify(file('log'), '--vkey', KEY.vkey, '--witness', witness, '--witnesses', '1')).toEqual([1, expect.stringMatching(/^NOT PROVEN \(COSIGNATURES_MISSING\): /)]);
  });

  it('does not call a lie what it could not check, and ends with 2', async () => {
    expect(await brainVerify(file('missing'), '--vkey', KEY.vkey)).toEqual([2, expect.stringMatching(/^NOT CHECKED: ENOENT/)]);
    expect(await brainVerify(file('log'), '--vkey', 'brain.example/log+00000000+AAAA')).toEqual([2, expect.stringMatching(/^NOT CHECKED: .* is not a verifier key/)]);
    expect(await brainVerify(file('7.tlog-proof'), '--vkey', KEY.vkey)).toEqual([2, expect.stringMatching(/^NOT CHECKED: A proof file is about an event/)]);
    expect(await brainVerify('http://127.0.0.1:1/log', '--vkey', KEY.vkey)).toEqual([2, expect.stringMatching(/^NOT CHECKED: fetch failed \(/)]);
  });
});
