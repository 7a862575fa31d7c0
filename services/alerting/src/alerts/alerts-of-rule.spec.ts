import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import type { AlertRaised } from '@brain/contracts';
import { InMemoryEventStore, START_POSITION } from '@brain/event-store';
import type { Database } from '@brain/service-kit';
import { alertCodec } from './alert-codec.js';
import type { AlertList } from './alert-list.query.js';
import { AlertsOfRule } from './alerts-of-rule.js';

const ruleId = '018f0000-0000-7000-8000-100000000001';

describe('the alerts of a rule', () => {
  const store = new InMemoryEventStore();
  const alerts = new AlertsOfRule({ query: () => Promise.resolve([]) } as unknown as Database, { activeOfRule: () => Promise.resolve([]) } as unknown as AlertList, store);
  const raise = async () => {
    const alertId = randomUUID();
    const time = '2026-11-22T02:00:00.000Z';
    const data: AlertRaised['data'] = {
      ...{ alertId, ruleId, ruleRevision: 0, title: 'hot', deviceId: ruleId, deviceName: 'lift room 3', areaCode: '440305001001', location: null },
      ...{ severity: 'CRITICAL', conditionSince: time, raisedAt: time, reading: { ts: 1, values: {} }, openCase: null },
    };
    const metadata = { source: 'alerting', time, correlationId: 'c', causationId: 'c', actor: { type: 'system', id: 'test' } } as const;
    const event = { eventId: randomUUID(), ...alertCodec.encode({ type: 'AlertRaised', data }), metadata };
    await store.append([{ streamId: `alert-${alertId}`, expectedRevision: 'none', events: [event] }]);
    return alertId;
  };

  it('include one that was raised a moment ago and that an older open append still hides from readers', async () => {
    const alertId = await raise();
    jest.spyOn(store, 'headPosition').mockResolvedValueOnce(START_POSITION).mockResolvedValueOnce(START_POSITION);
    expect(await alerts.active(ruleId)).toEqual([expect.objectContaining({ alertId })]);
  });
});
