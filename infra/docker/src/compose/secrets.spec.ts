import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compose, root, services, text } from './compose-file.fixture.js';
import { secretFiles } from './secret-files.fixture.js';

const secrets = secretFiles();
const FAMOUS = ['changeit', 'changeme', 'admin', 'password', 'public', 'secret', 'postgres', 'guest', 'keycloak', 'grafana'];

/** What somebody gave, or a volume of what a service made for itself. */
const FROM = /^\/(run\/secrets|var\/lib\/brain\/key)\//;

describe('secrets in docker-compose.yml', () => {
  it('come from files alone: no variable holds one', () => {
    for (const [name, { environment }] of services) {
      const given = Object.entries(environment).filter(([variable]) => /PASSWORD|SECRET|TOKEN|_KEY|DATABASE_URL|EVENTSTOREDB_URL/.test(variable));
      for (const [variable, value] of given) expect([name, variable, value]).toEqual([name, expect.stringMatching(/_FILE$/), expect.stringMatching(FROM)]);
    }
  });

  it('are all made by make-secrets.sh, and all used', () => {
    const used = new Set(services.flatMap(([, service]) => service.secrets.map(({ source }) => source)));
    expect(Object.keys(compose.secrets).sort()).toEqual([...used].sort());
    expect(secrets.names()).toEqual(expect.arrayContaining([...used]));
    for (const [name, { file }] of Object.entries(compose.secrets)) expect(file).toBe(`./infra/docker/secrets/${name}`);
  });

  it('are mounted wherever their path is said', () => {
    for (const [name, service] of services) {
      const mounted = service.secrets.map(({ target }) => target);
      const said = Object.values(service.environment).filter((value) => value.startsWith('/run/secrets/'));
      for (const value of said) expect([name, mounted]).toEqual([name, expect.arrayContaining([value])]);
    }
  });

  it('are no default: long, random and never the same twice', () => {
    const passwords = secrets.names().filter((name) => /-password$|-client-secret$/.test(name)).map((name) => secrets.content(name).trim());
    const inAddresses = secrets.names().filter((name) => name.endsWith('-url')).map((name) => new URL(secrets.content(name).trim()).password);
    // Two addresses repeat the passwords of two administrators.
    const all = new Set([...passwords, ...inAddresses]);
    expect(all.size).toBe(passwords.length + inAddresses.length - 2);
    for (const password of all) expect(password).toMatch(/^[0-9a-f]{48}$/);
  });

  it('are kept when they are made again, and readable in their folder by its owner alone', () => {
    const before = secrets.names().map((name) => secrets.content(name));
    execFileSync(path.join(root, 'infra/docker/make-secrets.sh'), [secrets.folder()], { stdio: 'pipe' });
    expect(secrets.names().map((name) => secrets.content(name))).toEqual(before);
    expect(statSync(secrets.folder()).mode & 0o077).toBe(0);
  });

  it('hold certificates of one authority, with the names they are asked by', () => {
    const verified = execFileSync('openssl', ['verify', '-CAfile', 'ca.crt', 'mqtt.crt', 'eventstoredb.crt'], { cwd: secrets.folder(), encoding: 'utf8' });
    expect(verified).toBe('mqtt.crt: OK\neventstoredb.crt: OK\n');
    const names = execFileSync('openssl', ['x509', '-in', 'eventstoredb.crt', '-noout', '-subject', '-ext', 'subjectAltName'], { cwd: secrets.folder(), encoding: 'utf8' });
    expect(names).toContain('CN = eventstoredb-node');
    expect(names).toContain('DNS:eventstoredb');
  });

  it('are not passwords that everybody knows', () => {
    for (const word of FAMOUS) expect(text).not.toMatch(new RegExp(`(PASSWORD|SECRET)\\w*: *['"]?${word}['"]?$`, 'm'));
  });
});

describe('files that docker-compose.yml mounts', () => {
  it('are all there', () => {
    const mounted = services.flatMap(([, { volumes }]) => volumes).map((volume) => volume.split(':')[0] ?? '');
    for (const source of mounted) {
      expect([source, source.startsWith('./') ? existsSync(path.join(root, source)) : source in compose.volumes]).toEqual([source, true]);
    }
  });
});
