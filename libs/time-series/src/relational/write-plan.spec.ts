import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { telemetry } from '../telemetry.fixture.js';
import { planWrite, possibleResends, resentWithinBatch } from './write-plan.js';

describe('planning a write', () => {
  it('keeps the first of two values for one instant and counts the other as conflicting', () => {
    const plan = planWrite([telemetry({ readings: [{ ts: 1, values: { t: 1 } }, { ts: 1, values: { t: 2 } }] })], new Set());
    expect(plan.points.map(({ value }) => value)).toEqual([1]);
    expect(plan.tallies).toMatchObject([{ stored: 1, duplicates: 1, conflicting: 1 }]);
  });

  it('does not mix up devices or metrics whose names run together', () => {
    const messages = [telemetry({ readings: [{ ts: 1, values: { 'a b': 1, a: 2, 'b a': 3 } }] })];
    expect(planWrite(messages, new Set()).points).toHaveLength(3);
  });

  it('stores nothing of a known resend', () => {
    const plan = planWrite([telemetry({ readings: [{ ts: 1, values: { t: 1, u: 2 } }] })], new Set([0]));
    expect(plan.points).toEqual([]);
    expect(plan.tallies).toMatchObject([{ stored: 0, duplicates: 2, resend: true }]);
  });

  it('accounts for every point, whatever comes', () => {
    const values = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.boolean(), fc.string()));
    const readings = fc.array(fc.record({ ts: fc.integer({ min: 0, max: 3 }), values }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(readings, { maxLength: 5 }), (batches) => {
        const messages = batches.map((given) => telemetry({ readings: given }));
        const { points, tallies } = planWrite(messages, new Set());
        const sent = batches.flat().reduce((sum, reading) => sum + Object.keys(reading.values).length, 0);
        const told = tallies.reduce((sum, { stored, duplicates }) => sum + stored + duplicates, 0);
        expect(told).toBe(sent);
        expect(points).toHaveLength(tallies.reduce((sum, { stored }) => sum + stored, 0));
      }),
    );
  });
});

describe('a resend', () => {
  it('is suspected only when the device gave no time', () => {
    const messages = [telemetry({ resent: true, ownTime: true }), telemetry({ resent: true, ownTime: false }), telemetry({ resent: false })];
    expect(possibleResends(messages)).toEqual([1]);
  });

  it('is found earlier in the same batch by device and key', () => {
    const first = telemetry({ messageKey: 'k' });
    const other = telemetry({ messageKey: 'k', deviceId: '00000000-0000-4000-8000-0000000000ff' });
    expect(resentWithinBatch([first, telemetry({ messageKey: 'k' })], 1)).toBe(true);
    expect(resentWithinBatch([other, telemetry({ messageKey: 'k' })], 1)).toBe(false);
  });
});
