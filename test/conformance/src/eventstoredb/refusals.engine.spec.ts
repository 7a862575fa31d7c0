import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendTo, collect, newStream, noted } from '@brain/event-store/conformance';
import { START_POSITION } from '@brain/event-store';
import { EventStoreDbEventStore } from '@brain/event-store/eventstoredb';
import { certificateFor, type TestCertificate } from './certificate.fixture.js';
import { storeOnServer, type StoreOnServer } from './store-on-server.fixture.js';

const users = { brain: 's3cret@:/' };

describe('what EventStoreDB refuses, in our codes', () => {
  describe('with TLS', () => {
    let certificate: TestCertificate;
    let on: StoreOnServer;
    beforeAll(async () => {
      certificate = await certificateFor(30);
      on = await storeOnServer({ tls: { ...certificate, users } });
    });
    afterAll(async () => {
      await on.close();
      await certificate.remove();
    });

    const urlAs = (user: string, password: string, caFile = certificate.file) =>
      `esdb://${user}:${encodeURIComponent(password)}@127.0.0.1:${String(on.server.port)}?tls=true&tlsCAFile=${encodeURIComponent(caFile)}`;

    it('takes the right credentials, whatever letters are in them', async () => {
      const store = on.open({ url: urlAs('brain', users.brain), connectionName: 'refusals' });
      const { events } = await appendTo(store, newStream(), 'none', noted(1));
      expect(await store.headPosition()).toBe(events[0]?.position);
    });

    it.each([
      ['brain', 'wrong'],
      ['nobody', users.brain],
    ])('answers EVENT_STORE_REFUSED to %s with %s, wherever that is found out', async (user, password) => {
      const store = on.open({ url: urlAs(user, password) });
      const refused = { code: 'EVENT_STORE_REFUSED', message: expect.stringContaining('BRAIN_EVENTSTOREDB_URL') as unknown };
      await expect(store.headPosition()).rejects.toMatchObject(refused);
      await expect(appendTo(store, newStream(), 'none', noted())).rejects.toMatchObject(refused);
      await expect(collect(store.readStream('sample-1'))).rejects.toMatchObject(refused);
      const tail = store.tail({ after: START_POSITION, signal: new AbortController().signal });
      await expect(collect(tail)).rejects.toMatchObject(refused);
    });

    it('answers EVENT_STORE_REFUSED when the authority of the certificate is not known', async () => {
      const url = urlAs('brain', users.brain).replace(/&tlsCAFile=.*/, '');
      await expect(on.open({ url }).headPosition()).rejects.toMatchObject({
        code: 'EVENT_STORE_REFUSED',
        message: expect.stringMatching(/self-signed certificate.*tlsCAFile/) as unknown,
      });
    });

    it('answers EVENT_STORE_REFUSED when the certificate has expired', async () => {
      const old = await certificateFor(-1);
      const expired = await storeOnServer({ tls: { ...old, users } });
      const port = `:${String(expired.server.port)}?`;
      const store = expired.open({ url: urlAs('brain', users.brain, old.file).replace(/:\d+\?/, port) });
      await expect(store.headPosition()).rejects.toMatchObject({
        code: 'EVENT_STORE_REFUSED',
        message: expect.stringMatching(/certificate has expired.*renew/) as unknown,
      });
      await expired.close();
      await old.remove();
    });
  });

  describe('when TLS is not what the URL says', () => {
    let certificate: TestCertificate;
    let secure: StoreOnServer;
    let plain: StoreOnServer;
    beforeAll(async () => {
      certificate = await certificateFor(30);
      secure = await storeOnServer({ tls: { ...certificate, users } });
      plain = await storeOnServer();
    });
    afterAll(async () => {
      await secure.close();
      await plain.close();
      await certificate.remove();
    });

    const refusalOf = async (url: string) => {
      const store = secure.open({ url });
      const refused = { code: 'EVENT_STORE_REFUSED' };
      await expect(store.headPosition()).rejects.toMatchObject(refused);
      await expect(collect(store.tail({ after: START_POSITION, signal: new AbortController().signal }))).rejects.toMatchObject(refused);
      return appendTo(store, newStream(), 'none', noted()).then(() => 'taken', (error: unknown) => (error as Error).message);
    };
    const host = ({ server }: StoreOnServer) => `127.0.0.1:${String(server.port)}`;

    it.each(['one host', 'several hosts'])('says that tls=false is wrong for a server with TLS, for %s', async (hosts) => {
      const more = hosts === 'one host' ? '' : ',127.0.0.1:1';
      expect(await refusalOf(`esdb://brain:x@${host(secure)}${more}?tls=false`)).toMatch(/127\.0\.0\.1:\d+ speaks TLS.*take tls=false out of BRAIN_EVENTSTOREDB_URL/);
    });

    it.each(['one host', 'several hosts'])('says that a server has no TLS, for %s', async (hosts) => {
      const more = hosts === 'one host' ? '' : ',127.0.0.1:1';
      expect(await refusalOf(`esdb://brain:x@${host(plain)}${more}`)).toMatch(/BRAIN_EVENTSTOREDB_URL/);
    });

    it('says that the authority is not known, for several hosts', async () => {
      expect(await refusalOf(`esdb://brain:x@${host(secure)},127.0.0.1:1`)).toMatch(/self-signed certificate.*tlsCAFile/);
    });
  });

  it.each(['22.10.0.0', '21.10.9'])('names the version that is needed to EventStoreDB %s', async (version) => {
    const on = await storeOnServer({ version });
    const refused = { code: 'EVENT_STORE_REFUSED', message: expect.stringMatching(`${version}: use EventStoreDB 23.10 or newer, or KurrentDB`) as unknown };
    await expect(on.store.headPosition()).rejects.toMatchObject(refused);
    await expect(appendTo(on.store, newStream(), 'none', noted())).rejects.toMatchObject(refused);
    await on.close();
  });

  it.each(['23.10.7.0', '24.2.0.0', '25.0.1'])('takes %s', async (version) => {
    const on = await storeOnServer({ version });
    expect(await on.store.headPosition()).toBe(START_POSITION);
    await on.close();
  });

  describe('in an append', () => {
    let on: StoreOnServer;
    beforeAll(async () => {
      on = await storeOnServer({ maxAppendSize: 10_000 });
    });
    afterAll(() => on.close());

    it('names the limit of what is too large, and stores nothing of it', async () => {
      const streamId = newStream();
      const large = noted(0, { data: { text: 'x'.repeat(6_000) } });
      const append = appendTo(on.store, streamId, 'none', large, { ...large, eventId: crypto.randomUUID() });
      await expect(append).rejects.toMatchObject({ code: 'EVENT_TOO_LARGE', message: expect.stringContaining('10000 bytes') as unknown });
      expect(await collect(on.store.readStream(streamId))).toEqual([]);
      await appendTo(on.store, streamId, 'none', large);
    });

    it('says that a stream was deleted', async () => {
      const streamId = newStream();
      await appendTo(on.store, streamId, 'none', noted());
      on.server.node.log.delete(streamId);
      await expect(appendTo(on.store, streamId, 0, noted())).rejects.toMatchObject({ code: 'STREAM_DELETED' });
      await expect(appendTo(on.store, streamId, 'none', noted())).rejects.toMatchObject({ code: 'STREAM_DELETED' });
    });

    it('refuses a type that does not begin with its source, for nobody would find it', async () => {
      const stray = noted(0, { type: 'other.noted.v1' });
      await expect(appendTo(on.store, newStream(), 'none', stray)).rejects.toMatchObject({ code: 'EVENT_DATA_INVALID' });
    });
  });

  it('answers EVENT_STORE_REFUSED to a URL that is none, without repeating its password', () => {
    expect(() => new EventStoreDbEventStore({ url: 'http://brain:s3cret@127.0.0.1:2113' })).toThrow(
      expect.objectContaining({ code: 'EVENT_STORE_REFUSED', message: expect.not.stringContaining('s3cret') as unknown }),
    );
  });

  it('reads URLs of KurrentDB too', async () => {
    const on = await storeOnServer();
    const store = on.open({ url: on.server.url.replace('esdb:', 'kurrentdb:') });
    expect(await store.headPosition()).toBe(START_POSITION);
    await on.close();
  });
});
