import { describe, expect, it } from '@jest/globals';
import { parseConnectionString } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { readStoreUrl } from './store-url.js';

const hosts = (...names: readonly string[]) => names.map((name) => ({ address: name, port: 2113 }));

describe('a connection string of EventStoreDB', () => {
  it.each([
    ['esdb://a:2113,b:2113,c:2113', hosts('a', 'b', 'c'), true],
    ['esdb://a,b,c?tls=false', hosts('a', 'b', 'c'), false],
    ['esdb://brain:s3cret@a:2113,b:2113,c:2113?tlsCAFile=%2Fetc%2Fca.crt', hosts('a', 'b', 'c'), true],
    ['esdb+discover://brain:s3cret@cluster.example.org:2113', hosts('cluster.example.org'), true],
    ['esdb+discover://cluster?nodePreference=leader&discoveryInterval=20', hosts('cluster'), true],
    ['esdb://127.0.0.1:2113?tls=false', hosts('127.0.0.1'), false],
    ['esdb://store-1.example.org', hosts('store-1.example.org'), true],
    ['esdb://brain:a%3Ab%40c%2F@store:2113/?TLS=true', hosts('store'), true],
    ['  esdb://store:2113?keepAliveInterval=-1&keep_alive_timeout=20000 ', hosts('store'), true],
    ['esdb://store:2113?userCertFile=a.crt&userKeyFile=a.key', hosts('store'), true],
  ])('is taken as the client takes it: %s', (given, expected, isTls) => {
    const url = readStoreUrl(given);
    expect(url).toMatchObject({ hosts: expected, isTls });
    const known = parseConnectionString(given);
    expect(url?.hosts).toEqual(known.hosts);
    expect(url?.credentials).toEqual(known.defaultCredentials);
    expect(parseConnectionString(url?.text ?? '')).toEqual(known);
  });

  it.each([
    ['another scheme', 'http://store:2113'],
    ['no host', 'esdb://'],
    ['an empty one among several hosts', 'esdb://a:2113,,b:2113'],
    ['a port that is none', 'esdb://store:port'],
    ['a port that cannot be', 'esdb://store:70000'],
    ['a second colon', 'esdb://store:2113:2114'],
    ['a value that is neither true nor false', 'esdb://store?tls=no'],
    ['a number that is none', 'esdb://store?defaultDeadline=soon'],
    ['an option without a value', 'esdb://store?tls'],
    ['a node that is none', 'esdb://store?nodePreference=nearest'],
    ['a password that is not encoded', 'esdb://brain:50%@store'],
    ['nothing', ''],
  ])('is refused with %s', (_, given) => {
    expect(readStoreUrl(given)).toBeUndefined();
  });

  it('of KurrentDB is one of EventStoreDB', () => {
    expect(readStoreUrl('kurrentdb+discover://store?tls=false')?.text).toBe('esdb+discover://store?tls=false');
  });

  it('keeps a password with a colon in it whole, which the client cuts off', () => {
    const url = readStoreUrl('esdb://brain:a:b@store');
    expect(url?.credentials).toEqual({ username: 'brain', password: 'a:b' });
    expect(parseConnectionString(url?.text ?? '').defaultCredentials).toEqual(url?.credentials);
  });

  it('loses what the client would only warn about, in words that repeat the password', () => {
    expect(readStoreUrl('esdb://brain:s3cret@store?tlsVerifyCert=false&colour=red&tls=true')?.text).toBe('esdb://brain:s3cret@store?tls=true');
  });
});
