import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deviceChangedV1, deviceRegisteredV1, deviceWearerErasedV1, TOPICS, type StoredEvent } from '@brain/contracts';
import { createEventCodec, EVENT_STORE, PersonalData, type EventStore } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { eventually } from '@brain/testing';
import { AREA, at, DEVICE, hotRule, message, person, startAlerting, storedEvent, type AlertingUnderTest } from '../alerting-service.fixture.js';
import { RulesInForce } from '../rules/rules-in-force.js';

const codec = createEventCodec([deviceRegisteredV1, deviceChangedV1, deviceWearerErasedV1]);
const STREAM = `device-${DEVICE}`;
const RULE = { ...hotRule, when: 'max("temperature", "PT10M") - min("temperature", "PT10M") > 30.0', clearWhen: null };
const START = at(0, {}).ts;
const profile = { deviceId: DEVICE, name: '手环', kind: 'temperature', areaCode: AREA, location: null };

/** A band that goes from one person to another at second 300. */
describe('the samples of a band that changes hands', () => {
  const [former, present] = [randomUUID(), randomUUID()];
  let alerting: AlertingUnderTest;

  beforeEach(async () => {
    alerting = await startAlerting();
    await alerting.furnish();
    await alerting.call(person('ada', 'administrator'), 'POST', '/api/rules', RULE);
    await eventually(() => expect(alerting.app().get(RulesInForce).rulesFor(message())).not.toHaveLength(0));
    await tell({ type: 'DeviceRegistered', data: { ...profile, wearerId: former } }, 0);
    await tell({ type: 'DeviceChanged', data: { ...profile, wearerId: present } }, 300);
    await eventually(async () => expect(await rows('SELECT FROM device_copy WHERE wearer_id = $1', [present])).toHaveLength(1));
  });
  afterEach(() => alerting.stop());

  const rows = (sql: string, values: readonly unknown[] = []) => alerting.app().get(Database).query<Record<string, unknown>>(sql, values);
  const measured = (second: number, temperature: number, wearerId: string) => alerting.publishReadings({ ...message(at(second, { temperature })), wearerId });
  const evaluated = (count: number) => eventually(async () => expect(await rows('SELECT sum(next_offset)::int AS count FROM evaluation_offsets')).toEqual([{ count }]));
  const kept = async () => (await rows('SELECT ts, value FROM window_samples ORDER BY ts')).map(({ ts, value }) => [(Number(ts) - START) / 1000, value]);
  const alerts = async () => (await alerting.call(person('olga', 'operator'), 'GET', '/api/alerts')).body.items ?? [];

  /** On record, and on the bus as the record has it: sealed. */
  async function tell(event: Parameters<typeof codec.encode>[0], second: number): Promise<void> {
    const { type, data } = codec.encode(event);
    const metadata = { ...storedEvent(STREAM, 'sensor-ingestion', { type, data }).metadata, time: new Date(START + second * 1000).toISOString() };
    const appended = [{ streamId: STREAM, expectedRevision: 'any' as const, events: [{ eventId: randomUUID(), type, data, metadata }] }];
    const { events } = await alerting.app().get<EventStore>(EVENT_STORE).append(appended);
    const [sealed] = await alerting.app().get(PersonalData).seal(appended);
    const told = { ...events[0], data: sealed?.events[0]?.data ?? {} } as StoredEvent;
    await alerting.publishEvent(TOPICS.deviceEvents, told);
  }

  it('are the former wearer’s alone when that person is erased: theirs go, the present wearer’s stay', async () => {
    await measured(60, 20, former);
    await measured(299, 21, former);
    await measured(360, 55, present);
    await evaluated(3);
    expect(await kept()).toEqual([[60, 20], [299, 21], [360, 55]]);
    await tell({ type: 'DeviceWearerErased', data: { deviceId: DEVICE, wearerId: former, at: new Date(START + 400_000).toISOString() } }, 400);
    await eventually(async () => expect(await kept()).toEqual([[360, 55]]));
    expect(await rows('SELECT device_id FROM device_states')).toEqual([{ device_id: DEVICE }]);
  });

  it('are all gone, with how far the conditions have come, when the present wearer is erased too', async () => {
    await measured(60, 20, former);
    await measured(360, 55, present);
    await evaluated(2);
    for (const wearerId of [present, former]) await tell({ type: 'DeviceWearerErased', data: { deviceId: DEVICE, wearerId, at: new Date(START + 400_000).toISOString() } }, 400);
    await eventually(async () => expect(await kept()).toEqual([]));
    expect(await rows('SELECT FROM device_states')).toEqual([]);
  });

  it('are not mixed: what rules see over time is of one person', async () => {
    await measured(60, 20, former);
    await measured(360, 55, present);
    await evaluated(2);
    expect(await alerts()).toEqual([]);
    await measured(420, 20, present);
    await eventually(async () => expect(await alerts()).toMatchObject([{ wearerId: present, raisedAt: new Date(START + 420_000).toISOString() }]));
  });

  it('are not mixed by a restart in between', async () => {
    await measured(60, 20, former);
    await evaluated(1);
    await alerting.restart();
    await measured(360, 55, present);
    await evaluated(2);
    expect(await alerts()).toEqual([]);
  });
});
