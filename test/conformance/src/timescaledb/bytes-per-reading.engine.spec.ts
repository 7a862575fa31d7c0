import { describe, expect, it } from '@jest/globals';
import { measureNative, measureTimescale } from './bytes-per-reading.js';

/** 200,000 gave the figures in the README of the time series; fewer tell the same story sooner. */
const READINGS = Number(process.env['BRAIN_MEASURED_READINGS'] ?? 100_000);

describe('what a reading takes', () => {
  it('is a fraction once it is compressed', async () => {
    const measured = [...(await measureNative(READINGS)), ...(await measureTimescale(READINGS))];
    for (const figure of measured) process.stderr.write(`${JSON.stringify(figure)}\n`);
    const bytes = new Map(measured.map(({ what, bytesPerReading }) => [what, bytesPerReading]));
    const plain = bytes.get('timescaledb readings') ?? 0;
    expect(plain).toBeGreaterThan(0);
    expect(bytes.get('timescaledb readings compressed')).toBeLessThan(plain / 3);
  }, 300_000);
});
