import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '@brain/service-kit';
import { addressOf, GivenDatabase, givenServer, urlAt } from './given-database.js';

describe('givenServer', () => {
  it('is undefined without PROVISION_DATABASE_URL: the embedded server is started', () => {
    expect(givenServer({})).toBeUndefined();
  });

  it('is the address of PROVISION_DATABASE_URL, also with TimescaleDB', () => {
    const url = 'postgres://postgres:secret@db.example:5433/postgres?sslmode=require';
    expect(givenServer({ PROVISION_DATABASE_URL: url })).toBe(url);
    expect(givenServer({ PROVISION_DATABASE_URL: url, INGESTION_TIME_SERIES: 'timescaledb' })).toBe(url);
  });

  it('refuses TimescaleDB without a server: the embedded one has no such extension', () => {
    expect(() => givenServer({ INGESTION_TIME_SERIES: 'timescaledb' })).toThrow(/PROVISION_DATABASE_URL: is needed with INGESTION_TIME_SERIES=timescaledb/);
  });

  it.each(['db.example', 'http://db.example/', 'postgres://db.example/postgres'])('refuses %s, which names no PostgreSQL server and user', (url) => {
    expect(() => givenServer({ PROVISION_DATABASE_URL: url })).toThrow(ConfigurationError);
  });
});

describe('the address of a given server', () => {
  it('keeps host, port and parameters and leaves user, password and database out', () => {
    expect(addressOf('postgres://admin:secret@db.example:5433/postgres?sslmode=require')).toBe('postgres://db.example:5433?sslmode=require');
  });

  it('takes a user whose password has every kind of character', () => {
    const url = urlAt('postgres://db.example:5433?sslmode=require', { user: 'brain_audit', password: 'a/b@c:d%e#', database: 'brain' });
    expect(url).toBe('postgres://brain_audit:a%2Fb%40c%3Ad%25e%23@db.example:5433/brain?sslmode=require');
    expect(decodeURIComponent(new URL(url).password)).toBe('a/b@c:d%e#');
  });

  it('says why it cannot be used, without the password', async () => {
    const database = new GivenDatabase('postgres://admin:secret@127.0.0.1:9/postgres');
    await expect(database.start()).rejects.toThrow(/PostgreSQL server of PROVISION_DATABASE_URL \(127\.0\.0\.1:9\) cannot be used: .*ECONNREFUSED/);
    await expect(database.start()).rejects.not.toThrow(/secret/);
  });
});
