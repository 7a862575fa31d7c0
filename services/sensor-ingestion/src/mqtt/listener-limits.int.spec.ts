import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RefusedMessage } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { openListener, type OpenListener } from './listener.fixture.js';

interface Packet {
  readonly cmd: string;
  readonly messageId?: number;
  readonly returnCode?: number;
  readonly granted?: readonly number[];
}
const mqtt = createRequire(import.meta.url)('mqtt-packet') as {
  generate(packet: object): Buffer;
  parser(): { on(event: 'packet', listener: (packet: Packet) => void): void; parse(chunk: Buffer): void };
};

const MINE = 'v1/devices/me/telemetry';
const PAYLOAD = '{"t":1}';
/** In a CONNECT of MQTT 3.1.1 of less than 128 bytes: behind the length, the name and the level. */
const CONNECT_FLAGS = 9;
const CLEAN_SESSION = 2;
/** Beyond `INGESTION_PAYLOAD_MAX_BYTES`. */
const TOO_LONG = 'x'.repeat(70_000);

/** What a device sends byte by byte, without a library that would keep it from it. */
class Device {
  readonly answers: Packet[] = [];
  isClosed = false;

  private constructor(private readonly socket: Socket) {
    const parser = mqtt.parser();
    parser.on('packet', (packet) => this.answers.push(packet));
    socket.on('data', (chunk: Buffer) => parser.parse(chunk));
    socket.on('close', () => (this.isClosed = true));
    socket.on('error', () => undefined);
  }

  static at(url: string): Device {
    return new Device(connect({ port: Number(new URL(url).port), host: '127.0.0.1' }));
  }

  send(...packets: readonly (object | Buffer)[]): void {
    this.socket.write(Buffer.concat(packets.map((packet) => (Buffer.isBuffer(packet) ? packet : mqtt.generate(packet)))));
  }

  end(): void {
    this.socket.destroy();
  }
}

describe('the limits of the listener', () => {
  const refused: RefusedMessage[] = [];
  let taken = 0;
  let listener: OpenListener;
  let device: Device;
  let lastId = 0;

  beforeAll(async () => {
    listener = await openListener((topic, records) => {
      for (const { value } of records) {
        if (topic === 'telemetry.refused') refused.push(value as RefusedMessage);
        else taken += 1;
      }
      return Promise.resolve();
    });
  });
  afterAll(() => listener.close());

  const hello = (more: object = {}) => ({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'd', keepalive: 60, username: listener.token, ...more });
  const publish = (more: object = {}) => ({ cmd: 'publish', topic: MINE, payload: PAYLOAD, qos: 1, messageId: (lastId += 1), dup: false, retain: false, ...more });
  /** Signed in, sends, and says what came back before the answer to a ping; `closed` when the connection ended instead. */
  const sending = async (...packets: readonly (object | Buffer)[]): Promise<readonly (Packet | 'closed')[]> => {
    device = Device.at(listener.url);
    device.send(hello(), ...packets, { cmd: 'pingreq' });
    await eventually(() => expect(device.isClosed || device.answers.some(({ cmd }) => cmd === 'pingresp')).toBe(true));
    const answered = packets.filter((packet) => !('qos' in packet && packet.qos === 0)).length;
    await eventually(() => expect(device.isClosed || device.answers.length >= answered + 2).toBe(true));
    const answers = device.answers.filter(({ cmd }) => cmd !== 'connack' && cmd !== 'pingresp');
    const all = device.isClosed ? [...answers, 'closed' as const] : answers;
    device.end();
    return all;
  };
  const deep = (levels: number) => Array.from({ length: levels }, () => 'a').join('/');

  it.each([
    ['of 300 levels', deep(300), 'TOPIC_NOT_ALLOWED'],
    ['of 65 levels', deep(65), 'TOPIC_NOT_ALLOWED'],
    ['of 30,000 levels', '/'.repeat(29_999), 'TOPIC_NOT_ALLOWED'],
    ['of 65,535 bytes', 'a'.repeat(65_535), 'TOPIC_NOT_ALLOWED'],
    ['with a wildcard', 'v1/devices/+/telemetry', 'TOPIC_NOT_ALLOWED'],
    ['that is a wildcard', '#', 'TOPIC_NOT_ALLOWED'],
    ['that has no name', '', 'TOPIC_NOT_ALLOWED'],
    ['with a zero character', 'v1/devices/me/\u0000', 'TOPIC_NOT_ALLOWED'],
    ['of the broker itself', '$SYS/broker', 'TOPIC_NOT_ALLOWED'],
    ['of the place for others', 'refused', 'TOPIC_NOT_ALLOWED'],
  ])('acknowledge a message under a topic %s and keep it as refused, under the topic it came with', async (_, topic, code) => {
    const before = refused.length;
    const message = { ...publish(), topic };
    const bytes = topic === '' ? withoutTopic(message.messageId) : message;
    expect(await sending(bytes, publish())).toMatchObject([{ cmd: 'puback', messageId: message.messageId }, { cmd: 'puback' }]);
    expect(refused.slice(before)).toEqual([expect.objectContaining({ code, deviceId: listener.deviceId, topic: topic.slice(0, 500).replaceAll('\u0000', '\uFFFD') })]);
  });

  it.each([
    ['a payload that is too large', { payload: TOO_LONG }, 'PAYLOAD_TOO_LARGE'],
    ['a payload that says nothing', { payload: '{}' }, 'PAYLOAD_EMPTY'],
    ['no payload', { payload: '' }, 'PAYLOAD_NOT_JSON'],
  ])('acknowledge %s and keep it as refused', async (_, more, code) => {
    const before = refused.length;
    expect(await sending(publish(more), publish())).toMatchObject([{ cmd: 'puback' }, { cmd: 'puback' }]);
    expect(refused.slice(before)).toMatchObject([{ code }]);
  });

  it('take a retained message, one that is sent again and one without acknowledgement as any other, and keep nothing for others', async () => {
    const before = taken;
    expect(await sending(publish({ retain: true }), publish({ dup: true }), { ...publish({ qos: 0 }), messageId: undefined }, publish())).toMatchObject([{ cmd: 'puback' }, { cmd: 'puback' }, { cmd: 'puback' }]);
    expect(taken - before).toBe(4);
  });

  it('take 5,000 messages of QoS 2 in one breath, before any of them is released', async () => {
    const before = taken + refused.length;
    const ids = Array.from({ length: 5_000 }, (_, index) => index + 1);
    device = Device.at(listener.url);
    device.send(hello(), ...ids.map((messageId) => publish({ qos: 2, messageId })));
    await eventually(() => expect(device.answers.filter(({ cmd }) => cmd === 'pubrec')).toHaveLength(ids.length), { timeoutMs: 30_000 });
    device.send(...ids.map((messageId) => ({ cmd: 'pubrel', messageId })));
    await eventually(() => expect(device.answers.filter(({ cmd }) => cmd === 'pubcomp')).toHaveLength(ids.length), { timeoutMs: 30_000 });
    expect([device.isClosed, taken + refused.length - before]).toEqual([false, ids.length]);
    device.end();
  });

  it('take 1,000 messages that come with CONNECT in one packet of the network', async () => {
    const answers = await sending(...Array.from({ length: 1_000 }, () => publish()));
    expect(answers).toHaveLength(1_000);
    expect(answers).not.toContain('closed');
  });

  it.each([
    ['of 300 levels', deep(300)],
    ['with a wildcard in a word', 'v1/dev+/x'],
    ['with a wildcard that is not last', '#/x'],
    ['that is not allowed', 'v1/devices/me/telemetry'],
    ['of attributes, which nobody serves', 'v1/devices/me/attributes/response/+'],
    ['of commands, which nobody serves', 'v1/devices/me/rpc/request/+'],
    ['of firmware, which nobody serves', 'v2/fw/response/+/chunk/+'],
    ['of everything', '#'],
  ])('refuse a subscription %s by its return code, and go on', async (_, filter) => {
    const subscribe = { cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: filter, qos: 1 }, { topic: 'v1/devices/me/attributes', qos: 1 }, { topic: `${filter}/+x`, qos: 1 }] };
    const unsubscribe = { cmd: 'unsubscribe', messageId: 8, unsubscriptions: [filter] };
    const answers = await sending(subscribe, unsubscribe, publish());
    expect(answers.filter((answer) => answer !== 'closed' && answer.cmd === 'suback')).toMatchObject([{ messageId: 7, granted: [128, 128, 128] }]);
    expect(answers.map((answer) => (answer === 'closed' ? answer : answer.cmd)).sort()).toEqual(['puback', 'suback', 'unsuback']);
  });

  it('keep a last will under a topic of 300 levels as refused, when it is due', async () => {
    const before = refused.length;
    const dying = Device.at(listener.url);
    dying.send(hello({ will: { topic: deep(300), payload: 'gone', qos: 1, retain: true } }));
    await eventually(() => expect(dying.answers).toMatchObject([{ cmd: 'connack', returnCode: 0 }]));
    dying.end();
    await eventually(() => expect(refused.slice(before)).toEqual([expect.objectContaining({ code: 'TOPIC_NOT_ALLOWED', topic: deep(300).slice(0, 500) })]));
  });

  it.each([
    ['MQTT 5', { protocolVersion: 5 }, 1],
    ['a client id of 24 characters in MQTT 3.1', { protocolId: 'MQIsdp', protocolVersion: 3, clientId: 'c'.repeat(24) }, 2],
    ['a client id of 23 characters in MQTT 3.1', { protocolId: 'MQIsdp', protocolVersion: 3, clientId: 'c'.repeat(23) }, 0],
    ['a client id of 60,000 characters', { clientId: 'c'.repeat(60_000) }, 0],
    ['no client id and a clean session', { clientId: '' }, 0],
    ['an unknown token', { username: 'nobody' }, 5],
    ['no user name', { username: undefined }, 4],
  ])('answer a CONNECT with %s by CONNACK', async (_, more, returnCode) => {
    const client = Device.at(listener.url);
    client.send(hello(more));
    await eventually(() => expect(client.answers).toEqual([expect.objectContaining({ cmd: 'connack', returnCode })]));
    await eventually(() => expect(client.isClosed).toBe(returnCode !== 0));
    client.end();
  });

  it('answer a CONNECT without client id that asks for a session to keep by CONNACK 2', async () => {
    const bytes = mqtt.generate(hello({ clientId: '' }));
    bytes[CONNECT_FLAGS] = (bytes[CONNECT_FLAGS] ?? 0) & ~CLEAN_SESSION;
    const client = Device.at(listener.url);
    client.send(bytes);
    await eventually(() => expect(client.isClosed).toBe(true));
    expect(client.answers).toEqual([expect.objectContaining({ cmd: 'connack', returnCode: 2 })]);
  });

  it.each([
    ['a length that never ends', Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01])],
    ['a PUBLISH of QoS 3', Buffer.from([0x36, 0x05, 0x00, 0x01, 0x61, 0x00, 0x01])],
    ['a second CONNECT', mqttConnectAgain()],
    ['a SUBSCRIBE of 256 MB', Buffer.from([0x82, 0xff, 0xff, 0xff, 0x7f])],
  ])('end the connection for what is no MQTT: %s', async (_, bytes) => {
    expect((await sending(bytes)).at(-1)).toBe('closed');
  });
});

/** A PUBLISH with a topic of no characters, which the library will not write. */
function withoutTopic(messageId: number): Buffer {
  const payload = Buffer.from(PAYLOAD);
  return Buffer.concat([Buffer.from([0x32, payload.length + 4, 0, 0, messageId >> 8, messageId & 0xff]), payload]);
}

function mqttConnectAgain(): Buffer {
  return mqtt.generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'again', keepalive: 60 });
}
