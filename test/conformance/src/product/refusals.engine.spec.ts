import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { topicCatalogue } from '@brain/message-bus';
import { applyTopics } from '@brain/message-bus/kafka';
import { eventually, testDatabase, type TestDatabase } from '@brain/testing';
import { certificateFor, type TestCertificate } from '../eventstoredb/certificate.fixture.js';
import { EventStoreDbServer } from '../eventstoredb/eventstoredb-server.js';
import { startKafka, type KafkaServer } from '../kafka/kafka-server.js';
import { installEngines, keySet, type KeySet } from './provisioned.js';
import { ServiceProcess } from './service-process.js';

type Environment = Readonly<Record<string, string>>;

const users = { brain: 'of-a-test-only' };
const topics = topicCatalogue.map((topic) => (topic.name === 'cases.events' ? { ...topic, partitions: 1 } : topic));

describe('a start that waiting cannot help ends with one line and exit 1', () => {
  let database: TestDatabase;
  let keys: KeySet;
  let service: ServiceProcess | undefined;
  beforeAll(async () => {
    database = await testDatabase();
    await installEngines(database.url);
    keys = await keySet();
  });
  afterEach(() => service?.stop());
  afterAll(async () => {
    await database.drop();
    await keys.remove();
  });

  /** The one line. */
  const lineOf = async (process: ServiceProcess): Promise<string> => {
    service = process;
    expect(await process.ended()).toBe(1);
    const lines = process.errors.split('\n').filter((line) => line !== '');
    expect(lines).toHaveLength(1);
    return lines[0] ?? '';
  };
  const audit = async (env: Environment) =>
    lineOf(await ServiceProcess.start('audit', { AUDIT_DATABASE_URL: database.url, ...keys.env, ...env }));
  const ingestion = async (env: Environment) => {
    const own = { INGESTION_DATABASE_URL: database.url, INGESTION_MQTT_PORT: '0', INGESTION_MQTT_WS_PORT: '0', ...keys.env };
    return lineOf(await ServiceProcess.start('sensor-ingestion', { ...own, ...env }));
  };
  const changed = (part: 'password' | 'pathname', value: string) => {
    const url = new URL(database.url);
    url[part] = value;
    return url.href;
  };

  it('when a variable is wrong, without repeating its value', async () => {
    const line = await audit({ BRAIN_BUS: 'kafka', BRAIN_EVENT_STORE: 'eventstoredb', BRAIN_EVENTSTOREDB_URL: 'http://brain:s3cret@store' });
    expect(line).toMatch(/^audit: Configuration is wrong: .*BRAIN_EVENTSTOREDB_URL/);
    expect(line).not.toContain('s3cret');
  });

  it('when an engine was chosen and not its address', async () => {
    expect(await audit({ BRAIN_BUS: 'kafka' })).toBe('audit: Configuration is wrong: BRAIN_KAFKA_BROKERS: is needed with BRAIN_BUS=kafka');
  });

  it('when the password of the database is wrong', async () => {
    const line = await audit({ AUDIT_DATABASE_URL: changed('password', 'wrong') });
    expect(line).toMatch(/^audit: .*_REFUSED: password authentication failed.*; the password is wrong: check the database URL/);
  });

  it('when the database does not exist, or has nothing in it', async () => {
    expect(await audit({ AUDIT_DATABASE_URL: changed('pathname', '/nowhere') })).toMatch(/_REFUSED: .*"nowhere" does not exist; .*run the provisioning/);
    const empty = await testDatabase();
    expect(await audit({ AUDIT_DATABASE_URL: empty.url })).toMatch(/_REFUSED: .*does not exist.* run the provisioning/);
    await empty.drop();
  });

  it('when readings shall be in TimescaleDB and the server has none', async () => {
    expect(await ingestion({ INGESTION_TIME_SERIES: 'timescaledb' })).toMatch(/^sensor-ingestion: TIME_SERIES_REFUSED: .*shared_preload_libraries/);
  });

  it('when messages may be larger than the bus takes', async () => {
    expect(await ingestion({ INGESTION_PAYLOAD_MAX_BYTES: '131073' })).toMatch(/^sensor-ingestion: Configuration is wrong: INGESTION_PAYLOAD_MAX_BYTES: .*131072/);
  });

  it('when the certificate for devices has expired', async () => {
    const old = await certificateFor(-1);
    const tls = { INGESTION_TLS_PORT: '0', INGESTION_TLS_CERT_FILE: old.file, INGESTION_TLS_KEY_FILE: old.file };
    expect(await ingestion(tls)).toMatch(/^sensor-ingestion: TLS_CERTIFICATE_REFUSED: .* has expired on .*; put a renewed one in its place$/);
    await old.remove();
  });

  describe('on EventStoreDB', () => {
    let certificate: TestCertificate;
    let server: EventStoreDbServer;
    beforeAll(async () => {
      certificate = await certificateFor(30);
      server = await new EventStoreDbServer({ tls: { ...certificate, users } }).start();
    });
    afterAll(async () => {
      server.stop();
      await certificate.remove();
    });

    it('when the password is wrong', async () => {
      const url = `esdb://brain:wr0ng-one@localhost:${String(server.port)}?tls=true&tlsCAFile=${encodeURIComponent(certificate.file)}`;
      const line = await audit({ BRAIN_EVENT_STORE: 'eventstoredb', BRAIN_EVENTSTOREDB_URL: url });
      expect(line).toMatch(/^audit: EVENT_STORE_REFUSED: .*BRAIN_EVENTSTOREDB_URL/);
      expect(line).not.toContain('wr0ng-one');
    });
  });

  it('when its tables were made from another event store', async () => {
    const [first, second] = [await new EventStoreDbServer().start(), await new EventStoreDbServer().start()];
    const own = await testDatabase();
    await installEngines(own.url);
    const on = ({ url }: EventStoreDbServer) => ({ AUDIT_DATABASE_URL: own.url, BRAIN_EVENT_STORE: 'eventstoredb', BRAIN_EVENTSTOREDB_URL: url });
    const kept = await ServiceProcess.start('audit', { ...keys.env, ...on(first) });
    service = kept;
    await eventually(async () => expect(await kept.readiness()).toMatchObject({ ready: true }), { timeoutMs: 60_000 });
    await kept.stop();
    expect(await audit(on(second))).toMatch(/^audit: EVENT_STORE_CHANGED: The tables of audit were made from the event store .* has nothing of this product in it: .*replay --swap$/);
    expect(await audit({ AUDIT_DATABASE_URL: own.url })).toMatch(/^audit: EVENT_STORE_CHANGED: /);
    first.stop();
    second.stop();
    await own.drop();
  });

  describe('on Kafka', () => {
    let kafka: KafkaServer;
    let good: Record<string, string>;
    beforeAll(async () => {
      kafka = await startKafka({ version: '4', users });
      await applyTopics({ brokers: kafka.brokers, sasl: { mechanism: 'plain', username: 'brain', password: users.brain }, topics });
      good = {
        BRAIN_BUS: 'kafka',
        BRAIN_KAFKA_BROKERS: kafka.brokers.join(','),
        BRAIN_KAFKA_SASL_MECHANISM: 'plain',
        BRAIN_KAFKA_USERNAME: 'brain',
        BRAIN_KAFKA_PASSWORD: users.brain,
      };
    });
    afterAll(() => kafka.stop());

    it('when the password is wrong', async () => {
      expect(await audit({ ...good, BRAIN_KAFKA_PASSWORD: 'wrong' })).toMatch(/^audit: BUS_REFUSED: .*check the user name, the password and the SASL mechanism$/);
    });

    it('when it is another cluster', async () => {
      expect(await audit({ ...good, BRAIN_KAFKA_CLUSTER_ID: 'another' })).toMatch(/^audit: BUS_REFUSED: .*not another: name the right brokers$/);
    });

    it('when a topic has too few partitions', async () => {
      expect(await audit(good)).toMatch(/^audit: BUS_REFUSED: The topic cases.events has 1 partitions instead of 4\. Bring the topics up to date/);
    });
  });
});
