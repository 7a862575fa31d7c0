import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS, areaRegisteredV1, recordFoundBrokenV1, recordFoundWholeV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import { eventually } from '@brain/testing';
import { person, startAlerting, storedEvent, type AlertingUnderTest } from '../alerting-service.fixture.js';

const COUNTY = '440305';
const codec = createEventCodec([areaRegisteredV1, recordFoundBrokenV1, recordFoundWholeV1]);
const operator = person('olga', 'operator', COUNTY);
const now = '2026-11-22T02:00:00.000Z';

describe('a record that was changed', () => {
  let alerting: AlertingUnderTest;
  beforeAll(async () => {
    alerting = await startAlerting();
    const county = codec.encode({ type: 'AreaRegistered', data: { code: COUNTY, kind: 'county', name: '南山区', parentCode: null } });
    await alerting.publishEvent(TOPICS.gridEvents, storedEvent(`area-${COUNTY}`, 'grid-registry', county));
  });
  afterAll(() => alerting.stop());

  const alerts = async () => (await alerting.call(operator, 'GET', '/api/alerts')).body.items ?? [];
  const active = async () => (await alerts()).filter(({ state }) => state === 'ACTIVE_UNACK');
  const found = (leafIndex: number, revision: number) => {
    const event = codec.encode({ type: 'RecordFoundBroken', data: { code: 'RECORD_CHANGED', leafIndex, treeSize: 9, at: now } });
    return { ...storedEvent('record-check', 'audit', event), revision };
  };

  it('is an alert in the county, once, that names the first bad position', async () => {
    const broken = found(7, 0);
    await eventually(async () => {
      await alerting.publishEvent(TOPICS.auditEvents, broken); // again until the county is known, and at least twice
      expect(await active()).toEqual([expect.objectContaining({ severity: 'CRITICAL', areaCode: COUNTY, title: expect.stringContaining('entry 7') as unknown })]);
    });
    await alerting.publishEvent(TOPICS.auditEvents, broken);
    await alerting.publishEvent(TOPICS.auditEvents, found(3, 1));
    await eventually(async () => expect(await active()).toEqual([expect.objectContaining({ title: expect.stringContaining('entry 3') as unknown })]));
    expect(await alerts()).toHaveLength(2);
  });

  it('is cleared when it is whole again', async () => {
    const whole = codec.encode({ type: 'RecordFoundWhole', data: { treeSize: 9, at: now } });
    await alerting.publishEvent(TOPICS.auditEvents, { ...storedEvent('record-check', 'audit', whole), revision: 2 });
    await eventually(async () => expect(await active()).toEqual([]));
  });
});
