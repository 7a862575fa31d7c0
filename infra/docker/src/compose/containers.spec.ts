import { describe, expect, it } from '@jest/globals';
import { inProfile, ours, services, type ComposeService } from './compose-file.fixture.js';

const tagOf = (image: string) => image.slice(image.lastIndexOf(':') + 1);
const named = (entries: readonly [string, ComposeService][]) => entries.map(([name, service]) => ({ name, service }));

/** A job ends; the collector's image has nothing to ask with. */
const WITHOUT_HEALTHCHECK = ['provision', 'otel-collector'];

describe('every container of docker-compose.yml', () => {
  it.each(named(services))('$name comes from an image pinned by version', ({ service: { image } }) => {
    expect(tagOf(image)).toMatch(/^v?\d+\.\d+(\.\d+)?(-[a-z0-9-]+)?$/);
  });

  it.each(named(services))('$name has limits, and less reserved than it may use', ({ service: { deploy } }) => {
    const { limits, reservations } = deploy.resources;
    expect(Number(limits.cpus)).toBeGreaterThan(0);
    expect(megabytes(limits.memory)).toBeGreaterThan(megabytes(reservations.memory));
  });

  it.each(named(services))('$name says how it is', ({ name, service: { healthcheck } }) => {
    const isAsked = healthcheck !== undefined && !healthcheck.disable && healthcheck.test[0] === 'CMD';
    expect(isAsked).toBe(!WITHOUT_HEALTHCHECK.includes(name));
  });

  it.each(named(services))('$name waits for the health of what it needs, in each of its profiles', ({ service }) => {
    for (const [needed, { condition }] of Object.entries(service.depends_on)) {
      expect([needed, condition]).toEqual([needed, needed === 'provision' ? 'service_completed_successfully' : 'service_healthy']);
      expect(WITHOUT_HEALTHCHECK.filter((name) => name !== 'provision')).not.toContain(needed);
      for (const profile of service.profiles) expect(inProfile(profile).map(([name]) => name)).toContain(needed);
    }
  });
});

describe('every container of ours', () => {
  it.each(named(ours))('$name has no rights: a user by number, nothing to write to but the log, no capabilities', ({ name, service }) => {
    expect(service.user).toMatch(/^[1-9]\d+:[1-9]\d+$/);
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.volumes).toEqual(name === 'audit' ? ['audit-log:/var/lib/brain/log', 'audit-key:/var/lib/brain/key'] : []);
  });
});

describe('what is open to the network', () => {
  it.each(['core', 'full'] as const)('in profile %s is HTTP and MQTT; consoles are on loopback', (profile) => {
    const ports = inProfile(profile).flatMap(([, service]) => service.ports);
    const open = ports.filter((port) => !port.startsWith('127.0.0.1:'));
    expect(open.sort()).toEqual(['1883:1883', '8080:8080', '8883:8883']);
    expect(new Set(ports).size).toBe(ports.length);
  });
});

function megabytes(size: string): number {
  const [, number, unit] = /^(\d+)([MG])$/.exec(size) ?? [];
  return Number(number) * (unit === 'G' ? 1024 : 1);
}
