import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@brain/testing';
import { askInfo } from './check-eventstoredb.js';
import { examine, type Patient } from './examine.js';

describe('examine', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  const patient = (changed: Partial<Patient> = {}): Patient => ({
    engines: { eventStore: { kind: 'postgres' }, bus: { kind: 'postgres' } },
    timeSeries: 'postgres',
    postgres: () => database.url,
    dataDir: '/',
    env: {},
    ...changed,
  });

  it('reads version, rights, durability, connections and clock of a real server', async () => {
    const findings = (await examine(patient())).filter(({ engine }) => engine === 'postgresql');
    expect(findings.map(({ check }) => check)).toEqual(['version', 'rights', 'durability', 'connections', 'clock', 'free space']);
    expect(findings.find(({ check }) => check === 'version')).toMatchObject({ verdict: 'fine', sentence: expect.stringMatching(/^version 18\./) });
    expect(findings.find(({ check }) => check === 'clock')).toMatchObject({ verdict: 'fine' });
  });

  it('says what a server without TimescaleDB lacks', async () => {
    const findings = await examine(patient({ timeSeries: 'timescaledb' }));
    expect(findings).toContainEqual(expect.objectContaining({
      engine: 'timescaledb', check: 'version', verdict: 'wrong', sentence: expect.stringContaining('shared_preload_libraries'),
    }));
  });

  it('makes a finding of an engine that does not answer', async () => {
    const engines: Patient['engines'] = {
      eventStore: { kind: 'eventstoredb', url: 'esdb://127.0.0.1:9?tls=false' },
      bus: { kind: 'kafka', brokers: ['127.0.0.1:9'] },
    };
    const findings = await examine(patient({ engines, postgres: () => 'postgres://nobody:s3cret@127.0.0.1:9/postgres' }));
    const wrong = findings.filter(({ verdict }) => verdict === 'wrong').map(({ engine }) => engine);
    expect(new Set(wrong)).toEqual(new Set(['postgresql', 'eventstoredb', 'kafka']));
    expect(JSON.stringify(findings)).not.toContain('s3cret');
  });

  it('says that nothing runs, without a server and a running product', async () => {
    const findings = await examine(patient({ postgres: undefined }));
    expect(findings).toContainEqual(expect.objectContaining({ engine: 'postgresql', verdict: 'unknown' }));
  });
});

describe('askInfo', () => {
  let server: Server;
  let answer = '';
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const url = () => `esdb://127.0.0.1:${String((server.address() as AddressInfo).port)}?tls=false`;

  it('reads the version, and the clock from the header', async () => {
    answer = '{"esVersion":"23.10.7.0","state":"leader"}';
    const info = await askInfo(url());
    expect(info).toMatchObject({ version: '23.10.7.0' });
    expect(Math.abs(info?.clockOffsetMs ?? NaN)).toBeLessThan(5_000);
  });

  it('is null when something else answers, or nothing', async () => {
    answer = '<html></html>';
    expect(await askInfo(url())).toBeNull();
    expect(await askInfo('esdb://127.0.0.1:9?tls=false')).toBeNull();
  });
});
