import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '@brain/service-kit';
import { eventually } from '@brain/testing';
import { pino } from 'pino';
import { TestAuthority } from '../test-authority.fixture.js';
import { TlsDoor } from './tls-door.js';

describe('a renewed certificate', () => {
  let authority: TestAuthority;
  let door: TlsDoor;
  let files: { readonly cert: string; readonly key: string; readonly clientCa: undefined };

  async function replace(): Promise<string> {
    const { cert, key } = await authority.sign('localhost');
    files = { cert: authority.write('server.crt', cert), key: authority.write('server.key', key), clientCa: undefined };
    return new X509Certificate(cert).fingerprint256;
  }

  beforeAll(async () => {
    authority = await TestAuthority.make();
    await replace();
    const settings = { INGESTION_MQTT_HOST: '127.0.0.1', INGESTION_TLS_PORT: 0 };
    door = new TlsDoor(settings, files, (socket) => socket.end(), new Clock(), pino({ level: 'silent' }), 20);
    await door.open();
  });
  afterAll(async () => {
    await door.close();
    authority.remove();
  });

  const shown = () =>
    new Promise<string | undefined>((resolve, reject) => {
      const socket = connect({ port: door.port, host: '127.0.0.1', ca: authority.ca, servername: 'localhost' }, () => {
        resolve(socket.getPeerX509Certificate()?.fingerprint256);
        socket.destroy();
      });
      socket.once('error', reject);
    });

  it('is shown to the next who connects, without a restart', async () => {
    const renewed = await replace();
    await eventually(async () => expect(await shown()).toBe(renewed));
  });

  it('that is none is reported, and the good one stays in use', async () => {
    const good = await shown();
    authority.write('server.crt', 'half a file');
    await eventually(() => expect(door.fault).toMatch(/is not a certificate/));
    expect(await shown()).toBe(good);
  });
});
