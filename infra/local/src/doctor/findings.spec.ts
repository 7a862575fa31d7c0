import { describe, expect, it } from '@jest/globals';
import { brokerAccess, brokerFindings } from './check-broker.js';
import { eventStoreDbFindings, httpAddressOf } from './check-eventstoredb.js';
import { kafkaFindings } from './check-kafka.js';
import { postgresFindings, type PostgresFacts } from './check-postgres.js';
import { timescaleFindings } from './check-timescale.js';
import { clockFinding, judgeOf, spaceFinding } from './finding.js';

const judge = judgeOf('engine');
const GIB = 1024 ** 3;
const sentences = (findings: readonly { verdict: string; check: string; sentence: string }[], verdict: string) =>
  findings.filter((finding) => finding.verdict === verdict).map(({ check, sentence }) => `${check}: ${sentence}`);

describe('clockFinding', () => {
  it.each([
    [400, 10, 'fine'],
    [-1_400, 1_000, 'fine'], // within what the round trip leaves open
    [2_000, 10, 'warning'],
    [-45_000, 10, 'wrong'],
  ])('calls an offset of %d ms with a round trip of %d ms %s', (offset, roundTrip, verdict) => {
    expect(clockFinding(judge, offset, roundTrip).verdict).toBe(verdict);
  });

  it('says how far and in which direction, and the remedy', () => {
    expect(clockFinding(judge, -45_000, 0).sentence).toBe('its clock is 45.0 s behind this computer: let both follow one time server (NTP)');
    expect(clockFinding(judge, 2_000, 0).sentence).toContain('2.0 s ahead of this computer');
  });
});

describe('spaceFinding', () => {
  it.each([
    [0.5 * GIB, 100 * GIB, 'wrong'],
    [5 * GIB, 100 * GIB, 'warning'],
    [50 * GIB, 100 * GIB, 'fine'],
  ])('%d of %d bytes free is %s', (free, total, verdict) => {
    expect(spaceFinding(judge, free, total, '/data').verdict).toBe(verdict);
  });
});

describe('postgresFindings', () => {
  const facts: PostgresFacts = {
    version: 170_005, isRecovering: false, mayMakeRoles: true, mayMakeDatabases: true, hasDatabase: true, fsync: 'on', fullPageWrites: 'on',
    synchronousCommit: 'on', maxConnections: 200, databaseBytes: GIB, clockOffsetMs: 3, roundTripMs: 1,
  };
  const wrong = (changed: Partial<PostgresFacts>) => sentences(postgresFindings({ ...facts, ...changed }, 'brain'), 'wrong');

  it('finds nothing wrong with a server that has what is needed', () => {
    expect(wrong({})).toEqual([]);
    expect(sentences(postgresFindings(facts, 'brain'), 'fine')).toContain('version: version 17.5');
  });

  it('names a server that is too old, and a standby', () => {
    expect(wrong({ version: 140_011 })).toEqual(['version: version 14.11 is older than 15: upgrade the server']);
    expect(wrong({ isRecovering: true })).toEqual(['version: version 17.5 is a standby that takes no writes: name the primary']);
  });

  it('names the right that is missing', () => {
    expect(wrong({ mayMakeRoles: false })[0]).toMatch(/^rights: .*CREATEROLE/);
    expect(wrong({ hasDatabase: false, mayMakeDatabases: false })[0]).toMatch(/^rights: .*CREATEDB/);
    expect(wrong({ mayMakeDatabases: false })).toEqual([]); // it is there
  });

  it('names each setting by which an acknowledged event could be lost', () => {
    expect(wrong({ fsync: 'off', synchronousCommit: 'off' })).toEqual([
      'durability: fsync, synchronous_commit is off: a power cut takes what was acknowledged; switch it on',
    ]);
  });

  it('warns of too few connections', () => {
    expect(sentences(postgresFindings({ ...facts, maxConnections: 100 }, 'brain'), 'warning')[0]).toMatch(/^connections: max_connections is 100/);
  });
});

describe('timescaleFindings', () => {
  const facts = { refusal: null, troubles: [], backgroundWorkers: 16, workerProcesses: 24 };

  it('finds nothing wrong while no job fails', () => {
    expect(timescaleFindings(facts).map(({ verdict }) => verdict)).toEqual(['fine', 'fine', 'fine']);
  });

  it('names failing jobs, jobs that are not run, and too few workers', () => {
    const findings = timescaleFindings({
      ...facts,
      backgroundWorkers: 1,
      troubles: [{ job: 'a', kind: 'failed', since: null, error: '28000 no login' }, { job: 'b', kind: 'not-run', since: 1, error: null }],
    });
    expect(sentences(findings, 'wrong')).toEqual(['jobs: the job a fails: 28000 no login']);
    expect(sentences(findings, 'warning')).toHaveLength(2);
  });

  it('gives the adapter’s own remedy when the extension cannot be used', () => {
    expect(sentences(timescaleFindings({ ...facts, refusal: 'run CREATE EXTENSION timescaledb' }), 'wrong')).toEqual([
      'version: run CREATE EXTENSION timescaledb',
    ]);
  });
});

describe('kafkaFindings', () => {
  const settings = { 'auto.create.topics.enable': 'false', 'unclean.leader.election.enable': 'false', 'offsets.retention.minutes': '525600' };

  it('finds nothing wrong with three brokers that are set as the bus needs them', () => {
    const findings = kafkaFindings({ brokers: 3, steps: [], settings });
    expect([...sentences(findings, 'wrong'), ...sentences(findings, 'warning')]).toEqual([]);
  });

  it('names topics whose retention or partitions are not as the catalogue says', () => {
    const findings = kafkaFindings({ brokers: 3, steps: [{ kind: 'configure', name: 'cases.events', settings: {} }], settings });
    expect(sentences(findings, 'wrong')[0]).toContain('configure cases.events');
  });

  it('warns of each setting that can lose or repeat records, and of a single broker', () => {
    const findings = kafkaFindings({
      brokers: 1,
      steps: [],
      settings: { 'auto.create.topics.enable': 'true', 'unclean.leader.election.enable': 'true', 'offsets.retention.minutes': '10080' },
    });
    expect(sentences(findings, 'warning')).toHaveLength(4);
  });

  it('says when the settings may not be read', () => {
    expect(sentences(kafkaFindings({ brokers: 3, steps: [], settings: null }), 'unknown').join()).toContain('DescribeConfigs');
  });
});

describe('eventStoreDbFindings', () => {
  const info = (version: string) => ({ version, clockOffsetMs: 0, roundTripMs: 1 });

  it('refuses a server older than 23.10', () => {
    expect(sentences(eventStoreDbFindings({ refusal: null, info: info('22.10.5.0') }), 'wrong')).toEqual([
      'version: version 22.10.5.0 is older than 23.10: upgrade the server',
    ]);
    expect(sentences(eventStoreDbFindings({ refusal: null, info: info('23.10.7.0') }), 'wrong')).toEqual([]);
    expect(sentences(eventStoreDbFindings({ refusal: null, info: info('24.2.0') }), 'wrong')).toEqual([]);
  });

  it('gives the reason of the adapter when the user may not read', () => {
    expect(sentences(eventStoreDbFindings({ refusal: 'no rights', info: null }), 'wrong')).toEqual(['rights: no rights']);
  });

  it.each([
    ['esdb://localhost:2113?tls=false', 'http://localhost:2113/info'],
    ['esdb://admin:changeit@store', 'https://store:2113/info'],
    ['esdb://admin:changeit@a:2111,b:2112,c:2113?tlsCAFile=/ca.crt', 'https://a:2111/info'],
    ['kurrentdb+discover://cluster.example:2113/', 'https://cluster.example:2113/info'],
  ])('asks %s at %s', (url, href) => {
    expect(httpAddressOf(url).href).toBe(href);
  });
});

describe('brokerFindings', () => {
  it('are none without a broker', () => {
    expect(brokerAccess({})).toBeUndefined();
  });

  it('say that nothing answers', async () => {
    const access = brokerAccess({ INGESTION_BROKER_URL: 'mqtt://127.0.0.1:9', INGESTION_BROKER_USERNAME: 'u', INGESTION_BROKER_PASSWORD: 's3cret' });
    const findings = access === undefined ? [] : await brokerFindings(access);
    expect(findings).toMatchObject([{ verdict: 'wrong', sentence: expect.stringContaining('ECONNREFUSED') }]);
    expect(JSON.stringify(findings)).not.toContain('s3cret');
  });
});
