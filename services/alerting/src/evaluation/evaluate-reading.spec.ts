import { describe, expect, it } from '@jest/globals';
import type { MetricValue, Reading } from '@brain/contracts';
import fc from 'fast-check';
import { EvaluatedDevice } from './evaluate-reading.fixture.js';

const at = (seconds: number, values: Record<string, MetricValue>): Reading => ({ ts: seconds * 1000, values });
const hot = { when: 'reading.temperature > 60', for: 'PT2M', clearWhen: 'reading.temperature < 55' };
const outcomesOf = (device: EvaluatedDevice, ...readings: Reading[]) => device.read(...readings).map(({ outcome }) => outcome.type);

describe('a device under a rule', () => {
  it('raises after the duration, stays in between, clears below the lower threshold', () => {
    const temperatures = [61, 62, 63, 58, 54].map((temperature, index) => at(index * 60, { temperature }));
    expect(outcomesOf(new EvaluatedDevice(hot), ...temperatures)).toEqual(['raise', 'clear']);
  });

  it('is not disturbed by readings without the metric', () => {
    const readings = [at(0, { temperature: 61 }), at(60, { humidity: 40 }), at(120, { temperature: 61 })];
    expect(outcomesOf(new EvaluatedDevice(hot), ...readings)).toEqual(['raise']);
  });

  it('takes two metrics of one instant from two readings', () => {
    const device = new EvaluatedDevice({ when: 'reading.temperature > 60' }, { when: 'reading.humidity > 90' });
    expect(outcomesOf(device, at(1, { temperature: 61 }), at(1, { humidity: 95 }))).toEqual(['raise', 'raise']);
  });

  it('compares an average over a window of event time', () => {
    const device = new EvaluatedDevice({ when: 'avg("temperature", "PT10M") > 30' });
    const readings = [20, 25, 44, 60].map((temperature, index) => at(index * 300, { temperature }));
    // The windows hold (20), (20, 25), (25, 44), (44, 60): the reading ten minutes ago is out.
    expect(device.read(...readings).map(({ reading }) => reading.ts)).toEqual([600_000, 900_000]);
  });

  it('starts what is pending anew when the rule changes, and keeps an active alert', () => {
    const pending = new EvaluatedDevice(hot);
    pending.read(at(0, { temperature: 61 }));
    pending.define({ ...hot, when: 'reading.temperature > 50' }, 0, 1);
    expect(outcomesOf(pending, at(120, { temperature: 61 }), at(240, { temperature: 61 }))).toEqual(['raise']);
    expect(pending.said.at(-1)).toContain('"since":120000');

    const active = new EvaluatedDevice({ when: 'reading.temperature > 60' });
    active.read(at(0, { temperature: 65 }));
    active.define({ when: 'reading.temperature > 70' }, 0, 1);
    expect(outcomesOf(active, at(1, { temperature: 65 }))).toEqual(['clear']);
  });

  it('raises a new alert when a person cleared one that is still breached', () => {
    const device = new EvaluatedDevice({ when: 'reading.temperature > 60' });
    const [first] = device.read(at(0, { temperature: 65 }));
    if (first === undefined) throw new Error('nothing was raised');
    device.clearedByPerson.add(first.outcome.alertId);
    const [second] = device.read(at(1, { temperature: 65 }));
    expect(second?.outcome).toMatchObject({ type: 'raise', since: 1000 });
    expect(second?.outcome.alertId).not.toBe(first.outcome.alertId);
  });

  it('is no longer evaluated under a rule that keeps exceeding its time', () => {
    const device = new EvaluatedDevice({ when: 'reading.temperature > 60' });
    device.slowness = 6;
    device.read(at(0, { temperature: 1 }), at(1, { temperature: 1 }));
    expect(outcomesOf(device, at(2, { temperature: 99 }))).toEqual([]);
  });
});

describe('however readings are cut into batches', () => {
  const rules = [
    hot,
    { when: 'reading.temperature > 70' },
    { when: 'avg("temperature", "PT1M") > 62', for: 'PT30S' },
    { when: 'delta("temperature", "PT2M") > 10 || reading.smoke == true' },
  ];
  const reading = fc.record({
    ts: fc.integer({ min: 0, max: 600 }).map((seconds) => seconds * 1000),
    values: fc.oneof(
      fc.record({ temperature: fc.integer({ min: 40, max: 80 }) }),
      fc.record({ smoke: fc.boolean() }),
      fc.record({ temperature: fc.double({ min: 50, max: 70, noNaN: true }), smoke: fc.boolean() }),
    ),
  });
  const nearlyInOrder = fc.array(reading, { minLength: 1, maxLength: 120 }).map((readings) =>
    readings.toSorted((a, b) => a.ts - b.ts + (a.ts % 7 === 0 ? 60_000 : 0)),
  );

  it('and wherever a restart falls, the same is found', () => {
    fc.assert(
      fc.property(nearlyInOrder, fc.array(fc.nat({ max: 120 }), { maxLength: 8 }), (readings, cuts) => {
        const whole = new EvaluatedDevice(...rules);
        whole.read(...readings);
        const inParts = new EvaluatedDevice(...rules);
        readings.forEach((one, index) => {
          if (cuts.includes(index)) inParts.restart();
          inParts.read(one);
        });
        expect(inParts.said).toEqual(whole.said);
      }),
      { numRuns: 300 },
    );
  });
});
