import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS, type PastChange, type PastChanges, type StoredEvent } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest } from '../gateway-under-test.fixture.js';
import { alertRaised, stored } from '../live/live-events.fixture.js';

const [HERE, ELSEWHERE] = ['440305001001', '440305002001'];
const minute = (time: string) => `2026-11-21T${time}:00.000Z`;

describe('a device that leaves the areas of whoever looks back', () => {
  const deviceId = randomUUID();
  let gateway: GatewayUnderTest;

  const event = (type: string, revision: number, data: object, recorded: string, occurred = recorded): StoredEvent => ({
    ...stored(`sensor-ingestion.device-${type}.v1`, `device-${deviceId}`, revision, { deviceId, ...data }),
    recordedAt: minute(recorded),
    metadata: { ...stored('', '', 0, {}).metadata, time: minute(occurred) },
  });
  const at = (areaCode: string) => ({ name: 'd', kind: 'temperature', areaCode, location: null });

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
    await gateway.publish(
      TOPICS.deviceEvents,
      event('registered', 0, at(HERE), '08:00'),
      event('changed', 1, at(ELSEWHERE), '09:00'),
      event('came-online', 2, { at: minute('09:10') }, '09:10'),
      event('changed', 3, at(HERE), '10:00'),
      // Known half an hour late.
      event('changed', 4, at(ELSEWHERE), '11:00', '10:30'),
    );
    const together = Array.from({ length: 5 }, () => ({ ...alertRaised(randomUUID(), HERE), recordedAt: minute('07:30') }));
    await gateway.publish(TOPICS.alertingEvents, ...together);
    await eventually(async () => expect(await changesOf('440305')).toHaveLength(10));
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const page = async (area: string, query: string): Promise<PastChanges> => {
    const headers = { authorization: `Bearer ${await gateway.tokenFor({ areaCodes: [area] })}` };
    return (await gateway.request(`/api/audit/room/changes?from=${minute('07:00')}&to=${minute('12:00')}${query}`, { headers })).body as unknown as PastChanges;
  };
  const changesOf = async (area: string, query = ''): Promise<readonly PastChange[]> => (await page(area, query)).items;
  const ofDevice = (changes: readonly PastChange[]) => changes.filter(({ topic }) => topic !== 'alert').map((change) => [change.at.slice(11, 16), change.type]);

  it('is told as gone, and nothing of where it is', async () => {
    const changes = await changesOf('440305001');
    expect(ofDevice(changes)).toEqual([
      ['08:00', 'device.registered.v1'],
      ['09:00', 'device.left.v1'],
      ['10:00', 'device.changed.v1'],
      ['11:00', 'device.left.v1'],
    ]);
    expect(changes.at(-1)).toEqual({ at: minute('11:00'), topic: 'device-left', type: 'device.left.v1', data: { deviceId } });
    expect(JSON.stringify(changes)).not.toContain('440305002');
  });

  it('is told when it left as it turned out to have been', async () => {
    expect(ofDevice(await changesOf('440305001', '&as=occurred')).at(-1)).toEqual(['10:30', 'device.left.v1']);
  });

  it('is a change like any other to those who may look at both places', async () => {
    expect(ofDevice(await changesOf('440305')).map(([, type]) => type)).toEqual(['device.registered.v1', 'device.changed.v1', 'device.came-online.v1', 'device.changed.v1', 'device.changed.v1']);
    expect(ofDevice(await changesOf('*')).map(([, type]) => type)).not.toContain('device.left.v1');
  });

  it('comes in pages with the rest, none lost of what has one and the same time', async () => {
    const paged: PastChange[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next: PastChanges = await page('440305001', `&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...next.items);
      cursor = next.nextCursor;
    }
    expect(paged).toEqual(await changesOf('440305001'));
    expect(paged).toHaveLength(9);
  });

  it('is nobody’s business who may see no devices', async () => {
    const headers = { authorization: `Bearer ${await gateway.tokenFor({ roles: ['evaluator'], areaCodes: ['440305001'] })}` };
    const { body } = await gateway.request(`/api/audit/room/changes?from=${minute('07:00')}&to=${minute('12:00')}`, { headers });
    expect(ofDevice((body as unknown as PastChanges).items)).toEqual([]);
  });
});
