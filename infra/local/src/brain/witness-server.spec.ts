import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addSignatures, consistencyProof, formatAddCheckpoint, openCheckpoint, parseSignatureLines, parseSigningKey, parseVerifierKey, requestCosignature, type MemoryTiles } from '@brain/verifiable-log';
import { eventAt, eventsTo, KEY, logOf, ORIGIN, temporaryFolder } from './log-folder.fixture.js';
import { WitnessMemory } from './witness-memory.js';
import { witnessServer } from './witness-server.js';

const events = eventsTo(300);
const verifiers = [parseVerifierKey(KEY.vkey)];

describe('the witness over HTTP', () => {
  let folder = '';
  let memory: WitnessMemory;
  let server: Server;
  let vkey = '';
  let refusals: string[] = [];

  async function start(): Promise<void> {
    memory = await WitnessMemory.open(folder, 'witness.example');
    const signer = parseSigningKey(memory.skey);
    vkey = signer.vkey;
    server = witnessServer({ signer, memory, logs: new Map([[ORIGIN, verifiers]]), onRefusal: ({ code }) => refusals.push(code) });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  }

  async function stop(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await memory.close();
  }

  beforeEach(async () => {
    refusals = [];
    folder = await temporaryFolder();
    await start();
  });

  afterEach(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });

  const post = (body: string | Buffer, where = '/add-checkpoint'): Promise<Response> =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${where}`, { method: 'POST', body });

  async function submit(log: MemoryTiles, oldSize: number, size: number): Promise<Response> {
    return post(formatAddCheckpoint({ oldSize, proof: await consistencyProof(log, oldSize, size), checkpoint: (await log.checkpoint()) ?? '' }));
  }

  it('cosigns what grows, and a reader counts its cosignature', async () => {
    expect((await submit(logOf(events.slice(0, 100)), 0, 100)).status).toBe(200);
    const log = logOf(events);
    const answer = await submit(log, 100, 300);
    expect(answer.status).toBe(200);
    const note = addSignatures((await log.checkpoint()) ?? '', parseSignatureLines(await answer.text()));
    const witnesses = { verifiers: [parseVerifierKey(vkey)], atLeast: 1 };
    expect(openCheckpoint(note, { origin: ORIGIN, verifiers, witnesses }).size).toBe(300);
  });

  it('tells a log that lost count from where to go on', async () => {
    await submit(logOf(events.slice(0, 100)), 0, 100);
    const answer = await submit(logOf(events), 0, 300);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([409, 'text/x.tlog.size', '100\n']);
  });

  it('cosigns one of two histories, also after a restart', async () => {
    const other = logOf([...events.slice(0, 99), eventAt(4711), ...events.slice(100)]);
    await submit(logOf(events.slice(0, 100)), 0, 100);
    await stop();
    await start();
    expect((await submit(other, 100, 300)).status).toBe(422);
    expect((await submit(logOf([...events.slice(0, 99), eventAt(4711)]), 100, 100)).status).toBe(409);
    expect(refusals).toEqual(['CONSISTENCY_PROOF_INVALID', 'HISTORY_FORKED']);
    expect((await submit(logOf(events), 100, 300)).status).toBe(200);
  });

  it('cosigns one of two histories that come at once', async () => {
    const answers = await Promise.all([submit(logOf(events), 0, 300), submit(logOf([eventAt(4711), ...events.slice(1)]), 0, 300)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is asked by a log that does not know what it saw, and is not believed under another key', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const witness = { url, verifier: parseVerifierKey(vkey) };
    const [early, log] = [logOf(events.slice(0, 100)), logOf(events)];
    await requestCosignature(early, (await early.checkpoint()) ?? '', witness);
    const note = (await log.checkpoint()) ?? '';
    const cosigned = addSignatures(note, [await requestCosignature(log, note, witness)]);
    expect(openCheckpoint(cosigned, { origin: ORIGIN, verifiers, witnesses: { verifiers: [witness.verifier], atLeast: 1 } }).size).toBe(300);
    await expect(requestCosignature(log, note, { url, verifier: verifiers[0] ?? witness.verifier })).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    const other = logOf([eventAt(4711), ...events.slice(1)]);
    await expect(requestCosignature(other, (await other.checkpoint()) ?? '', witness)).rejects.toMatchObject({ name: 'WitnessRefusal', status: 409 });
  });

  it('gives no cosignature when it cannot remember', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in the way');
    expect((await submit(logOf(events), 0, 300)).status).toBe(500);
    expect(memory.seen.size).toBe(0);
    await rm(folder);
    await mkdir(folder);
  });

  it('answers nonsense, other paths and too much with a status of their own', async () => {
    expect((await post('hello')).status).toBe(400);
    expect((await post(Buffer.of(0xff, 0xfe))).status).toBe(400);
    expect((await post('hello', '/other')).status).toBe(404);
    expect((await post(Buffer.alloc(1_100_000, 'x'))).status).toBe(413);
    expect((await submit(logOf(events.slice(0, 100)), 0, 100)).status).toBe(200);
  });

  it('shows its public key', async () => {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/vkey`);
    expect(await answer.text()).toBe(`${vkey}\n`);
  });
});

describe('the memory of a witness', () => {
  it('keeps key and records, and the key from others', async () => {
    const folder = await temporaryFolder();
    const first = await WitnessMemory.open(folder, 'w.example');
    await first.remember(ORIGIN, { size: 7, root: 'r', note: 'n' });
    await first.close();
    const again = await WitnessMemory.open(folder, 'ignored.example');
    expect(again.skey).toBe(first.skey);
    expect(again.seen.get(ORIGIN)).toEqual({ size: 7, root: 'r', note: 'n' });
    expect(await readFile(path.join(folder, 'witness.key'), 'utf8')).toContain('w.example');
    await again.close();
    await rm(folder, { recursive: true });
  });

  it('that is lost is not replaced by an empty one', async () => {
    const folder = await temporaryFolder();
    await (await WitnessMemory.open(folder, 'w.example')).close();
    await rm(path.join(folder, 'seen.json'));
    await expect(WitnessMemory.open(folder, 'w.example')).rejects.toThrow('WITNESS_MEMORY_LOST');
    await rm(folder, { recursive: true });
  });

  it('belongs to one process', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'lock'), String(process.ppid));
    await expect(WitnessMemory.open(folder, 'w.example')).rejects.toThrow('WITNESS_ALREADY_RUNS');
    await rm(folder, { recursive: true });
  });
});
