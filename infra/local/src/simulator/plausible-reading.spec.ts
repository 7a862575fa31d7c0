import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEVICE_KINDS } from '../demo/device-kinds.js';
import { nextReading } from './plausible-reading.js';

describe('a simulated reading', () => {
  it('stays in the ordinary range of every metric of every kind', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DEVICE_KINDS), fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 40, maxLength: 40 }), (kind, numbers) => {
        let at = 0;
        const chance = () => numbers[at++ % numbers.length] ?? 0.5;
        let reading = nextReading(kind, {}, false, chance);
        for (let step = 0; step < 10; step += 1) {
          for (const { name, normal } of kind.metrics) {
            if (normal.type === 'bit') expect(reading[name]).toBe(normal.value);
            else expect(reading[name]).toEqual(expect.any(Number));
            if (normal.type === 'number') {
              expect(Number(reading[name])).toBeGreaterThanOrEqual(normal.least);
              expect(Number(reading[name])).toBeLessThanOrEqual(normal.most);
            }
          }
          reading = nextReading(kind, reading, false, chance);
        }
      }),
    );
  });

  it('shows the fault while it lasts', () => {
    for (const kind of DEVICE_KINDS) expect(nextReading(kind, {}, true, () => 0.5)).toMatchObject(kind.fault.values);
  });
});
