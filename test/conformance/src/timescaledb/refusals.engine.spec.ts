import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '@brain/testing';
import { installTimescaleTimeSeries, TimescaleTimeSeries } from '@brain/time-series';
import { timescaleDatabase, type TimescaleDatabase } from './timescale-server.js';

describe('a database that cannot hold the readings', () => {
  let plain: TestDatabase;
  let empty: TimescaleDatabase;
  beforeAll(async () => {
    plain = await testDatabase();
    empty = await timescaleDatabase();
  });
  afterAll(async () => {
    await plain.drop();
    await empty.stop();
  });

  const pinged = async (connectionString: string) => {
    const series = new TimescaleTimeSeries({ connectionString });
    try {
      await series.ping();
    } finally {
      await series.close();
    }
  };
  const refused = (remedy: string) => ({ code: 'TIME_SERIES_REFUSED', message: expect.stringContaining(remedy) });

  it('is refused with the remedy, at the door and by the installation, when its server has no TimescaleDB', async () => {
    await expect(pinged(plain.url)).rejects.toMatchObject(refused('shared_preload_libraries'));
    const client = new pg.Client({ connectionString: plain.url });
    await client.connect();
    await expect(installTimescaleTimeSeries(client, { roles: [] })).rejects.toMatchObject(refused('CREATE EXTENSION timescaledb'));
    await client.end();
  });

  it('is refused with the remedy while the extension was not created, and while nobody installed the tables', async () => {
    await expect(pinged(empty.url)).rejects.toMatchObject(refused('run CREATE EXTENSION timescaledb'));
    const client = new pg.Client({ connectionString: empty.url });
    await client.connect();
    await client.query('CREATE EXTENSION timescaledb');
    await expect(pinged(empty.url)).rejects.toMatchObject(refused('run the installation'));
    await installTimescaleTimeSeries(client, { roles: [] });
    await expect(pinged(empty.url)).resolves.toBeUndefined();
    await client.end();
  });

  it('is refused when the password is wrong', async () => {
    const url = new URL(plain.url);
    url.password = 'wrong';
    await expect(pinged(url.href)).rejects.toMatchObject(refused('password is wrong'));
  });

  it('is merely away when nothing listens', async () => {
    await expect(pinged('postgres://nobody@127.0.0.1:9/none')).rejects.not.toMatchObject({ code: 'TIME_SERIES_REFUSED' });
  });
});
