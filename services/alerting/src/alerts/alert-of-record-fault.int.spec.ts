import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS, areaRegisteredV1, auditRecordFaultFoundV1, caseRecordFaultFoundV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import { eventually } from '@brain/testing';
import { person, startAlerting, storedEvent, type AlertingUnderTest } from '../alerting-service.fixture.js';

const COUNTY = '440305';
const operator = person('olga', 'operator', COUNTY);
const at = '2026-11-22T02:00:00.000Z';
const data = { code: 'STREAM_FOREIGN_EVENT', streamId: 'case-1', revision: 3, at } as const;

describe('a fault of the event store', () => {
  let alerting: AlertingUnderTest;
  beforeAll(async () => {
    alerting = await startAlerting();
    const county = createEventCodec([areaRegisteredV1]).encode({ type: 'AreaRegistered', data: { code: COUNTY, kind: 'county', name: '南山区', parentCode: null } });
    await alerting.publishEvent(TOPICS.gridEvents, storedEvent(`area-${COUNTY}`, 'grid-registry', county));
  });
  afterAll(() => alerting.stop());

  const alerts = async () => (await alerting.call(operator, 'GET', '/api/alerts')).body.items ?? [];

  it('is one alert in the county that names its place, whoever and however many services have met it', async () => {
    const ofAudit = storedEvent('record-fault-a', 'audit', createEventCodec([auditRecordFaultFoundV1]).encode({ type: 'RecordFaultFound', data }));
    const ofCases = storedEvent('record-fault-b', 'case-management', createEventCodec([caseRecordFaultFoundV1]).encode({ type: 'RecordFaultFound', data }));
    await eventually(async () => {
      await alerting.publishEvent(TOPICS.auditEvents, ofAudit); // again until the county is known
      expect(await alerts()).toEqual([expect.objectContaining({ severity: 'CRITICAL', areaCode: COUNTY, title: expect.stringContaining('case-1 · 3') as unknown })]);
    });
    const another = { ...data, code: 'EVENT_SET_ASIDE', streamId: 'case-2' } as const;
    const second = storedEvent('record-fault-c', 'audit', createEventCodec([auditRecordFaultFoundV1]).encode({ type: 'RecordFaultFound', data: another }));
    await alerting.publishEvent(TOPICS.caseEvents, ofCases);
    await alerting.publishEvent(TOPICS.auditEvents, second);
    await eventually(async () => expect(await alerts()).toHaveLength(2));
  });
});
