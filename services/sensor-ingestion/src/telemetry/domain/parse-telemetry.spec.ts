import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTelemetry, type ParsedTelemetry } from './parse-telemetry.js';
import { Refusal } from './refusal.js';

const NOW = Date.UTC(2026, 10, 22, 12);
const limits = { maxPayloadBytes: 65_536, maxFutureMs: 300_000, maxAgeMs: 20 * 365 * 86_400_000 };
const parse = (payload: string | Buffer): ParsedTelemetry => parseTelemetry(Buffer.from(payload), NOW, limits);
const values = (payload: string) => parse(payload).readings[0]?.values;

function refusal(payload: string | Buffer): { code: string; path: string; detail: string } {
  try {
    parse(payload);
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, path: error.path, detail: error.detail };
    throw error;
  }
  throw new Error('was accepted');
}

describe('the four forms of telemetry', () => {
  it('one object takes our time', () => {
    expect(parse('{"t":21.5}')).toEqual({ ownTime: false, readings: [{ ts: NOW, values: { t: 21.5 } }] });
  });

  it('an array of objects shares one instant of ours, and no value is lost', () => {
    expect(parse('[{"a":1},{"b":true},{"a":2}]')).toEqual({
      ownTime: false,
      readings: [{ ts: NOW, values: { a: 1 } }, { ts: NOW, values: { b: true } }, { ts: NOW, values: { a: 2 } }],
    });
  });

  it('ts with values takes the time of the device', () => {
    expect(parse('{"ts":1451649600512,"values":{"k":"v"}}')).toEqual({ ownTime: true, readings: [{ ts: 1451649600512, values: { k: 'v' } }] });
  });

  it('an array of those keeps each time', () => {
    const { ownTime, readings } = parse('[{"ts":1451649600512,"values":{"k":1}},{"ts":1451649601512,"values":{"k":2}}]');
    expect([ownTime, readings.map(({ ts }) => ts)]).toEqual([true, [1451649600512, 1451649601512]]);
  });

  it('ts or values alone are metrics of these names', () => {
    expect(values('{"ts":5}')).toEqual({ ts: 5 });
    expect(values('{"values":"x"}')).toEqual({ values: 'x' });
  });

  it('bring back what any device sends', () => {
    const name = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text !== '__proto__' && !/\p{Cc}/u.test(text));
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0), fc.boolean(), fc.constant('text'));
    const object = fc.dictionary(name, value, { minKeys: 1 }).filter((given) => !('ts' in given && 'values' in given));
    const ts = fc.integer({ min: NOW - 1e11, max: NOW });
    fc.assert(
      fc.property(fc.array(fc.record({ ts, values: object }), { minLength: 1 }), (sent) => {
        expect(parse(JSON.stringify(sent))).toEqual({ ownTime: true, readings: JSON.parse(JSON.stringify(sent)) as unknown });
      }),
    );
    fc.assert(fc.property(object, (sent) => expect(values(JSON.stringify(sent))).toEqual(JSON.parse(JSON.stringify(sent)))));
  });

  it('never fail in another way than by a refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.uint8Array().map((bytes) => Buffer.from(bytes))), (payload) => {
        try {
          parse(payload);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});

describe('type cast', () => {
  it.each([
    ['"42"', 42],
    ['"-0.5"', -0.5],
    ['".5"', 0.5],
    ['"5."', '5.'],
    ['"1e3"', '1e3'],
    ['"NaN"', 'NaN'],
    ['"9007199254740993"', '9007199254740993'],
    ['"0.12345678901234567"', '0.12345678901234567'],
    ['""', ''],
    ['{"b":[1,null]}', '{"b":[1,null]}'],
    ['[1,2]', '[1,2]'],
  ])('%s becomes %p', (given, expected) => {
    expect(values(`{"k":${given}}`)).toEqual({ k: expected });
  });

  it('leaves null out', () => {
    expect(values('{"a":null,"b":1}')).toEqual({ b: 1 });
  });
});

describe('a payload is refused', () => {
  it.each([
    ['{"a":', 'PAYLOAD_NOT_JSON', ''],
    ['', 'PAYLOAD_NOT_JSON', ''],
    ['{"temperature":NaN}', 'PAYLOAD_NOT_JSON', 'temperature'],
    ['{"a":1,"b":-Infinity}', 'PAYLOAD_NOT_JSON', 'b'],
    ['{"a":1e999}', 'VALUE_NOT_FINITE', 'a'],
    ['[{"a":1},{"ts":5,"values":{"b":-1e999}}]', 'TIMESTAMP_TOO_OLD', '1.ts'],
    [`{"ts":${NOW},"values":{"b":-1e999}}`, 'VALUE_NOT_FINITE', 'values.b'],
    [`{"ts":${NOW + 365 * 86_400_000},"values":{"a":1}}`, 'TIMESTAMP_IN_FUTURE', 'ts'],
    [`[{"a":1},{"ts":${NOW + 300_001},"values":{"a":1}}]`, 'TIMESTAMP_IN_FUTURE', '1.ts'],
    ['{"ts":"yesterday","values":{"a":1}}', 'TIMESTAMP_INVALID', 'ts'],
    ['{"ts":1.5,"values":{"a":1}}', 'TIMESTAMP_INVALID', 'ts'],
    ['{"ts":-1,"values":{"a":1}}', 'TIMESTAMP_INVALID', 'ts'],
    [`{"ts":${NOW},"values":7}`, 'PAYLOAD_INVALID', 'values'],
    ['7', 'PAYLOAD_INVALID', ''],
    ['[1]', 'PAYLOAD_INVALID', '0'],
    ['{}', 'PAYLOAD_EMPTY', ''],
    ['[]', 'PAYLOAD_EMPTY', ''],
    ['{"a":null}', 'PAYLOAD_EMPTY', ''],
    ['{"":1}', 'METRIC_NAME_INVALID', ''],
    ['{"__proto__":1}', 'METRIC_NAME_INVALID', '__proto__'],
    ['{"a":"x\\u0000y"}', 'VALUE_INVALID', 'a'],
    ['{"a":"\\ud800"}', 'VALUE_INVALID', 'a'],
  ])('%s with %s at %p', (payload, code, path) => {
    expect(refusal(payload)).toMatchObject({ code, path });
  });

  it('in seconds with a hint, which a time that is only old does not get', () => {
    const old = (ts: number) => refusal(JSON.stringify({ ts, values: { a: 1 } }));
    const inSeconds = old(Math.floor(NOW / 1000));
    expect(inSeconds.code).toBe('TIMESTAMP_TOO_OLD');
    expect(inSeconds.detail).toBe('The time is more than 7300 days ago: it looks like seconds, a time here is in milliseconds');
    expect(old(5).detail).toBe('The time is more than 7300 days ago');
  });

  it('names the NaN that JSON does not have', () => {
    expect(refusal('{"temperature": NaN}').detail).toContain('NaN');
  });

  it('over the size limit, and not at it', () => {
    const sized = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect(refusal(sized(65_537)).code).toBe('PAYLOAD_TOO_LARGE');
    expect(parse(sized(65_536)).readings).toHaveLength(1);
  });

  it('when it is not UTF-8', () => {
    expect(refusal(Buffer.from([0x7b, 0xff, 0x7d]))).toMatchObject({ code: 'PAYLOAD_NOT_JSON', detail: expect.stringContaining('UTF-8') });
  });

  it('when it is nested deeper than a value can be written', () => {
    expect(['VALUE_INVALID', 'PAYLOAD_NOT_JSON', 'accepted']).toContain(
      (() => {
        try {
          parse(`{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`);
          return 'accepted';
        } catch (error) {
          return error instanceof Refusal ? error.code : 'crashed';
        }
      })(),
    );
  });
});
