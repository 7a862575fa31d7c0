import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import mqtt, { type MqttClient } from 'mqtt';
import type { BusRecord } from '@brain/message-bus';
import { eventually } from '@brain/testing';
import { openListener, type OpenListener } from './listener.fixture.js';

/** Decides when, and whether, a record becomes durable. */
class HeldBus {
  readonly waiting: { readonly record: BusRecord; readonly settle: (error?: Error) => void }[] = [];

  publish(_topic: string, records: readonly BusRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      for (const record of records) this.waiting.push({ record, settle: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  }
}

describe('an acknowledgement', () => {
  const bus = new HeldBus();
  let listener: OpenListener;
  let client: MqttClient;
  let acknowledged: string[];
  let closed: boolean;

  beforeAll(async () => {
    listener = await openListener((topic, records) => bus.publish(topic, records));
  });
  afterAll(() => listener.close());
  beforeEach(async () => {
    acknowledged = [];
    closed = false;
    bus.waiting.length = 0;
    client = await mqtt.connectAsync(listener.url, { username: listener.token, reconnectPeriod: 0 });
    client.on('packetreceive', (packet) => acknowledged.push(packet.cmd));
    client.on('close', () => (closed = true));
  });
  afterEach(() => client.endAsync(true));

  const send = (payload: string, qos: 1 | 2 = 1) => client.publish('v1/devices/me/telemetry', payload, { qos });
  const arrived = (count: number) => eventually(() => expect(bus.waiting).toHaveLength(count));
  /** Anything that was on its way has arrived once another client has come and gone. */
  const settled = async () => {
    const other = await mqtt.connectAsync(listener.url, { username: listener.token, reconnectPeriod: 0 });
    await other.endAsync();
  };

  it('waits until the message is durable', async () => {
    send('{"t":1}');
    await arrived(1);
    expect(acknowledged).toEqual([]);
    bus.waiting[0]?.settle();
    await eventually(() => expect(acknowledged).toEqual(['puback']));
  });

  it('is of a message whose correlation id is in the record and in its header', async () => {
    send('{"t":1}');
    await arrived(1);
    const [held] = bus.waiting;
    const correlationId = (held?.record.value as { correlationId: string } | undefined)?.correlationId;
    expect(correlationId).toMatch(/^[\w-]{36}$/);
    expect(held?.record.headers).toMatchObject({ ce_correlationid: correlationId });
    held?.settle();
  });

  it('of QoS 2 waits, too', async () => {
    send('{"t":2}', 2);
    await arrived(1);
    expect(acknowledged).toEqual([]);
    bus.waiting[0]?.settle();
    await eventually(() => expect(acknowledged).toEqual(['pubrec', 'pubcomp']));
  });

  it('is not given when the message could not be made durable: the connection ends instead', async () => {
    send('{"t":3}');
    await arrived(1);
    bus.waiting[0]?.settle(new Error('the log is full'));
    await eventually(() => expect(closed).toBe(true));
    expect(acknowledged).not.toContain('puback');
  });

  it('of a refused message waits until the refusal is durable', async () => {
    send('{"t":');
    await arrived(1);
    expect(bus.waiting[0]?.record.value).toMatchObject({ code: 'PAYLOAD_NOT_JSON', deviceId: listener.deviceId });
    expect(acknowledged).toEqual([]);
    bus.waiting[0]?.settle();
    await eventually(() => expect(acknowledged).toEqual(['puback']));
  });

  it('comes in the order of the messages, as the protocol wants it', async () => {
    send('{"t":4}');
    send('{"t":5}');
    await arrived(2);
    bus.waiting[1]?.settle();
    await settled();
    expect(acknowledged).not.toContain('puback');
    bus.waiting[0]?.settle();
    await eventually(() => expect(acknowledged.filter((cmd) => cmd === 'puback')).toHaveLength(2));
  });

  it('is all a publisher gets: nothing it publishes reaches a subscriber', async () => {
    await expect(client.subscribeAsync('v1/devices/me/attributes')).rejects.toThrow();
    await expect(client.subscribeAsync('v1/devices/me/telemetry')).rejects.toThrow();
    await expect(client.subscribeAsync('#')).rejects.toThrow();
    client.publish('v1/devices/me/attributes', '{}', { qos: 1 });
    await arrived(1);
    bus.waiting[0]?.settle();
    await eventually(() => expect(acknowledged).toContain('puback'));
    await settled();
    expect(acknowledged).not.toContain('publish');
  });
});

describe('a sign-in that cannot be checked just now', () => {
  let listener: OpenListener;
  beforeAll(async () => {
    listener = await openListener(() => Promise.resolve());
  });
  afterAll(() => listener.close());

  it('is CONNACK 3, server unavailable, after which a client comes back by itself', async () => {
    const signIn = jest.spyOn(listener.directory, 'signIn').mockRejectedValueOnce(new Error('the database is starting up'));
    const client = mqtt.connect(listener.url, { username: listener.token, protocolVersion: 4, reconnectPeriod: 10, reconnectOnConnackError: true });
    const refusals: unknown[] = [];
    client.on('error', (error) => refusals.push(error));
    await eventually(() => expect(client.connected).toBe(true));
    expect(signIn).toHaveBeenCalledTimes(2);
    expect(refusals).toEqual([expect.objectContaining({ code: 3 })]);
    await client.endAsync(true);
  });
});
