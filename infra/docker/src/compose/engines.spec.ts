import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compose, root } from './compose-file.fixture.js';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { kafka, keycloak, 'operations-gateway-with-keycloak': gateway } = compose.services;

describe('Kafka', () => {
  it('is the version that the conformance tests run', () => {
    const [, tested] = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([\d.]+)<\/version>/.exec(read('test/conformance/kafka/4/pom.xml')) ?? [];
    expect(kafka?.image).toBe(`apache/kafka:${String(tested)}`);
  });

  it('makes no topic by itself, and answers nobody without a password', () => {
    expect(kafka?.environment).toMatchObject({
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: expect.stringContaining('CLIENT:SASL_PLAINTEXT') as unknown,
      KAFKA_LISTENERS: 'CLIENT://:9092,BROKER://localhost:19092,CONTROLLER://localhost:9093',
    });
  });
});

describe('Keycloak', () => {
  const realm = read('infra/keycloak/community-brain-realm.json');

  it('is given what its realm file asks for', () => {
    const asked = new Set([...realm.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name));
    const started = read('docker-compose.yml');
    for (const name of asked) expect(started).toMatch(new RegExp(`^ +${String(name)}(: |=)`, 'm'));
    expect(asked.size).toBeGreaterThan(0);
  });

  it('has the realm and the client that the gateway names, at the address that browsers use', () => {
    const { realm: name } = JSON.parse(realm) as { readonly realm: string };
    expect(gateway?.environment['GATEWAY_OIDC_ISSUER']).toBe(`${String(keycloak?.environment['KC_HOSTNAME'])}/realms/${name}`);
    expect(gateway?.environment['GATEWAY_OIDC_DISCOVERY_URL']).toBe(`http://keycloak:8080/realms/${name}`);
    expect(realm).toContain(`"clientId": "${String(gateway?.environment['GATEWAY_OIDC_CLIENT_ID'])}"`);
  });
});
