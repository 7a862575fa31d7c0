import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestAuthority } from '../test-authority.fixture.js';
import { loadCertificate } from './tls-certificate.js';

const now = new Date();

describe('the certificate of the listener', () => {
  let authority: TestAuthority;
  beforeAll(async () => {
    authority = await TestAuthority.make();
  });
  afterAll(() => authority.remove());

  async function files(days = 1) {
    const { cert, key } = await authority.sign('localhost', days);
    return { cert: authority.write('server.crt', cert), key: authority.write('server.key', key), clientCa: undefined };
  }

  it('is taken with its key', async () => {
    expect(loadCertificate(await files(), now).validTo.getTime()).toBeGreaterThan(now.getTime());
  });

  it('is refused when it has expired, with the remedy', async () => {
    const expired = await files(-1);
    expect(() => loadCertificate(expired, now)).toThrow(/has expired on .*; put a renewed one in its place/);
  });

  it('is refused with the key of another', async () => {
    const [mine, other] = [await files(), await authority.sign('localhost')];
    const key = authority.write('other.key', other.key);
    expect(() => loadCertificate({ ...mine, key }, now)).toThrow(/do not go together/);
  });

  it('is refused when it is not there, or is no certificate', async () => {
    const mine = await files();
    expect(() => loadCertificate({ ...mine, cert: '/nowhere.crt' }, now)).toThrow(/cannot be read \(ENOENT\); check INGESTION_TLS_CERT_FILE/);
    expect(() => loadCertificate({ ...mine, cert: authority.write('text.crt', 'hello') }, now)).toThrow(/is not a certificate/);
  });
});
