import { describe, expect, it } from '@jest/globals';
import { LARGEST_PAYLOAD } from '../../config.js';
import { parseTelemetry } from './parse-telemetry.js';

const RECORD_OF_THE_BUS = 1024 * 1024;
const AROUND_THE_READINGS = 4096;

describe('the largest payload', () => {
  const receivedAt = Date.UTC(2026, 0, 1);
  const limits = { maxPayloadBytes: LARGEST_PAYLOAD, maxFutureMs: 0, maxAgeMs: receivedAt };

  it.each(['{"a":1}', '{"a":1e20}', '{"a":1e20,"b":1e20}', '{"a":"\\u0001"}', '{"ts":1,"values":{"a":1e20}}'])(
    'fits the bus, even when it is full of %s',
    (element) => {
      const times = Math.floor((LARGEST_PAYLOAD - 2) / (element.length + 1));
      const payload = Buffer.from(`[${Array(times).fill(element).join(',')}]`);
      const { readings } = parseTelemetry(payload, receivedAt, limits);
      expect(readings).toHaveLength(times);
      expect(Buffer.byteLength(JSON.stringify(readings))).toBeLessThan(RECORD_OF_THE_BUS - AROUND_THE_READINGS);
    },
  );
});
