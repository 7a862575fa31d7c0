import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { SERVICES, VARIABLE_PREFIX } from '@brain/contracts';
import { schemaOf } from '@brain/docker/provision';
import { KafkaMessageBus } from '@brain/message-bus/kafka';
import { MASTER_KEY, testDatabase, type TestDatabase } from '@brain/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKafka, type KafkaServer } from '../kafka/kafka-server.js';

const run = promisify(execFile);
const program = path.resolve(import.meta.dirname, '../../../../infra/docker/dist/main.js');
const suffix = randomBytes(4).toString('hex');
let database: TestDatabase;
let kafka: KafkaServer;

beforeAll(async () => {
  database = await testDatabase();
  kafka = await startKafka({ version: '4', users: { brain: 'secret' } });
}, 300_000);

afterAll(async () => {
  await kafka.stop();
  await database.drop();
});

/** As the job has it in its container, on engines of this test. */
function environment(): Record<string, string> {
  const urls = SERVICES.map((service) => {
    const url = new URL(database.url);
    url.username = `${schemaOf(service)}_${suffix}`;
    url.password = 'secret';
    return [`${VARIABLE_PREFIX[service]}_DATABASE_URL`, url.href] as const;
  });
  return {
    BRAIN_AUTH_JWKS_FILE: '/run/secrets/jwks.json',
    BRAIN_MASTER_KEY: MASTER_KEY,
    BRAIN_BUS: 'kafka',
    BRAIN_KAFKA_BROKERS: kafka.brokers.join(','),
    BRAIN_KAFKA_SASL_MECHANISM: 'plain',
    BRAIN_KAFKA_USERNAME: 'brain',
    BRAIN_KAFKA_PASSWORD: 'secret',
    PROVISION_DATABASE_URL: database.adminUrl,
    ...Object.fromEntries(urls),
  };
}

describe('the provisioning job, on real Kafka and PostgreSQL', () => {
  it('makes the topics that the bus accepts, and finds nothing to do the second time', async () => {
    const first = await run(process.execPath, [program], { env: environment() });
    expect(first.stdout).toMatch(/^PostgreSQL: database test_\w+, 7 roles/);
    expect(first.stdout).toContain('create telemetry.readings');
    const second = await run(process.execPath, [program], { env: environment() });
    expect(second.stdout).toContain('Kafka: topics are as the catalogue says');
    const bus = new KafkaMessageBus({ brokers: kafka.brokers, sasl: { mechanism: 'plain', username: 'brain', password: 'secret' } });
    await expect(bus.ping()).resolves.toBeUndefined();
    await bus.close();
  });

  it('ends with one line and exit 1 when the server has no TimescaleDB', async () => {
    const without = run(process.execPath, [program], { env: { ...environment(), INGESTION_TIME_SERIES: 'timescaledb' } });
    await expect(without).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^provision: .*has no TimescaleDB.*\n$/) as unknown });
  });
});
