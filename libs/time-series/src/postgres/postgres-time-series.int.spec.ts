import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { testDatabase } from '@brain/testing';
import { describeTimeSeries } from '../time-series.conformance.fixture.js';
import { installTimeSeries } from './install.js';
import { PostgresTimeSeries } from './postgres-time-series.js';

const TABLES = ['reading', 'reading_minute', 'reading_hour', 'reading_day', 'reading_latest', 'ingest_count', 'ingest_offset', 'ingest_gap', 'reading_forgotten'];

// As a service has it: a role that owns nothing.
describeTimeSeries('PostgresTimeSeries', async () => {
  const database = await testDatabase();
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  const role = `writer_${randomBytes(4).toString('hex')}`;
  await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  await installTimeSeries(owner, { roles: [role] });
  await installTimeSeries(owner, { roles: [role] }); // a restart finds everything there
  const url = new URL(database.url);
  url.username = role;
  url.password = 'secret';
  const [series, second] = [new PostgresTimeSeries({ connectionString: url.href }), new PostgresTimeSeries({ connectionString: url.href })];
  return {
    series,
    second,
    clear: async () => {
      await owner.query(`TRUNCATE ${TABLES.map((table) => `time_series.${table}`).join(', ')}`);
    },
    close: async () => {
      await Promise.all([series.close(), second.close()]);
      await owner.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      await owner.end();
      await database.drop();
    },
  };
});
