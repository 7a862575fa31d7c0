import pg from 'pg';
import { testDatabase } from '@brain/testing';
import { describeTimeSeries } from '../time-series.conformance.fixture.js';
import { installTimeSeries } from './install.js';
import { PostgresTimeSeries } from './postgres-time-series.js';

const schema = 'sensor_ingestion';
const tables = ['reading', 'reading_minute', 'reading_hour', 'reading_day', 'reading_latest', 'ingest_count', 'ingest_offset', 'ingest_gap'];

describeTimeSeries('PostgresTimeSeries', async () => {
  const database = await testDatabase();
  const open = () => new pg.Pool({ connectionString: database.url, max: 4, options: `-c search_path=${schema}` });
  const [pool, secondPool] = [open(), open()];
  const client = await pool.connect();
  await installTimeSeries(client, { schema });
  await installTimeSeries(client, { schema }); // a restart finds everything there
  client.release();
  return {
    series: new PostgresTimeSeries(pool, schema),
    second: new PostgresTimeSeries(secondPool, schema),
    clear: async () => {
      await pool.query(`TRUNCATE ${tables.join(', ')}`);
    },
    close: async () => {
      await Promise.all([pool.end(), secondPool.end()]);
      await database.drop();
    },
  };
});
