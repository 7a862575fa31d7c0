import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import { PacketFramer } from './packet-framer.js';

interface Publish {
  readonly cmd: string;
  readonly payload: Buffer;
  readonly length: number;
}
const mqtt = createRequire(import.meta.url)('mqtt-packet') as {
  generate(packet: object): Buffer;
  parser(): { on(event: 'packet', listener: (packet: Publish) => void): void; parse(chunk: Buffer): void };
};
const publish = (bytes: number) => mqtt.generate({ cmd: 'publish', topic: 'v1/devices/me/telemetry', payload: Buffer.alloc(bytes, 0x78), qos: 1, messageId: 7 });

function through(framer: PacketFramer, bytes: Buffer, pieces: readonly number[]): Publish[] {
  const packets: Publish[] = [];
  const parser = mqtt.parser();
  parser.on('packet', (packet) => packets.push(packet));
  let at = 0;
  for (const piece of [...pieces, bytes.length]) {
    const handed = framer.next(bytes.subarray(at, at + piece));
    if (handed.length > 0) parser.parse(handed);
    at += piece;
  }
  return packets;
}

describe('framing packets', () => {
  it('hands on what fits unchanged, however it is cut into chunks', () => {
    const sent = Buffer.concat([mqtt.generate({ cmd: 'pingreq' }), publish(0), publish(300), mqtt.generate({ cmd: 'pingreq' }), publish(20_000)]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 100 }), (pieces) => {
        const packets = through(new PacketFramer(65_536), sent, pieces);
        expect(packets.map(({ cmd, payload }) => [cmd, (payload as Buffer | undefined)?.length])).toEqual([
          ['pingreq', undefined], ['publish', 0], ['publish', 300], ['pingreq', undefined], ['publish', 20_000],
        ]);
      }),
    );
  });

  it('cuts a payload of 2 MB to just above the limit, knows its size, and stays in step', () => {
    const framer = new PacketFramer(1000);
    const [cut, next] = through(framer, Buffer.concat([publish(2_000_000), publish(5)]), [1, 2, 100_000]);
    expect(cut?.length).toBe(framer.cutLength);
    expect(cut?.payload.length).toBeGreaterThan(1000);
    expect((cut?.payload.length ?? 0) + framer.takeCut()).toBe(2_000_000);
    expect(next?.payload.length).toBe(5);
  });

  it('hands on one packet and keeps the rest, however it is cut into chunks', () => {
    const first = mqtt.generate({ cmd: 'pingreq' });
    const sent = Buffer.concat([first, publish(300)]);
    expect(new PacketFramer(65_536).nextPacket(sent)).toEqual({ handed: first, rest: sent.subarray(first.length) });
    const framer = new PacketFramer(65_536);
    expect(framer.nextPacket(publish(300).subarray(0, 100))).toEqual({ handed: publish(300).subarray(0, 100), rest: undefined });
    expect(framer.nextPacket(publish(300).subarray(100))).toEqual({ handed: publish(300).subarray(100), rest: Buffer.alloc(0) });
  });

  it('ends a connection that announces a long packet of another kind, or a length that never ends', () => {
    expect(() => new PacketFramer(1000).next(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]))).toThrow(/at most \d+ bytes/);
    expect(() => new PacketFramer(1000).next(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff]))).toThrow('at most 4 bytes');
  });
});
