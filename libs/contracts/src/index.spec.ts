import { describe, expect, it } from '@jest/globals';
import * as contracts from './index.js';
import { fromCloudEvent, toCloudEvent } from './cloud-event.js';
import { isWithinArea } from './values.js';
import type { StoredEvent } from './domain-event.js';

describe('an event on the bus', () => {
  const stored: StoredEvent = {
    eventId: '5e0c2d3e-8f5f-4a43-9f3e-0b5f1f1f0a01',
    streamId: 'case-1',
    revision: 3,
    position: '00000000000000000007-00000000000000000009',
    type: 'case-management.case-closed.v1',
    data: { caseId: '1' },
    metadata: {
      source: 'case-management',
      time: '2026-11-22T02:00:00.000Z',
      correlationId: 'c',
      causationId: 'd',
      actor: { type: 'user', id: 'u' },
      areaCode: '440305',
    },
    recordedAt: '2026-11-22T02:00:00.100Z',
  };

  it('comes back from its CloudEvents form unchanged', () => {
    expect(fromCloudEvent(toCloudEvent(stored))).toEqual(stored);
  });

  it('is refused when an attribute is missing', () => {
    const record = toCloudEvent(stored);
    expect(() => fromCloudEvent({ ...record, headers: {} })).toThrow('ce_source');
  });
});

describe('the published events', () => {
  const events = Object.values<unknown>(contracts).filter(
    (value): value is contracts.EventContract =>
      typeof value === 'object' && value !== null && 'service' in value && 'version' in value && 'data' in value,
  );

  it('have one name each within their service', () => {
    const names = events.map((event) => `${event.service}/${event.name}/${String(event.version)}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(30);
  });

  it('are named in the past tense form PascalCase', () => {
    for (const event of events) expect(event.name).toMatch(/^([A-Z][a-z]+)+$/);
  });
});

describe('area scope', () => {
  it.each([
    ['440305001001', '440305', true],
    ['440305001001001-01', '440305001001001', true],
    ['440305001001001', '440305001001001', true],
    ['440306001001', '440305', false],
    ['440305', '440305001', false],
    ['440305001001001-011', '440305001001001-01', false],
  ])('%s within %s is %s', (code, scope, expected) => {
    expect(isWithinArea(code, scope)).toBe(expected);
  });
});
