import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ERASED, type AlertView, type CaseView, type DeviceView, type StaffView } from '@brain/contracts';
import type { ApiClient } from '@brain/local/api-client';
import { eventually, tempDir, wholeDatabase, type TempDir } from '@brain/testing';
import { connectAsync, type MqttClient } from 'mqtt';
import { openZip } from '@brain/verifiable-log';
import { defineRule, soon } from './district.js';
import { ownDistrict, type OwnDistrict } from './shared-product.js';
import { undoAfterAll } from './undo-after-all.js';

const NAME = '慕容静姝';
const BAND = `${NAME}的手环`;
const PLACE = { lng: 113.917654, lat: 22.531246 };
const HEART = 171.0625;
const FELL = 'she fell in the yard';
/** Whatever tells of her. The id of a wearer is no secret: it says nothing of whose it is. */
const TELLING = [NAME, String(PLACE.lng), String(PLACE.lat), String(HEART), FELL];
const peopleOf = (community: string): string =>
  ['name,roles,areaCodes,post,availability', `${NAME},grid-worker,${community},社区志愿者,off-duty`, `李敏,grid-worker,${community},网格员,on-duty`, ''].join('\n');

const telling = (text: string): readonly string[] => TELLING.filter((word) => text.includes(word) || text.includes(JSON.stringify(word).slice(1, -1)));

/** One person, from the import of the staff to the erasure, through every service. */
/** Where the record is in EventStoreDB or the bus on Kafka, what they keep is seen in the log: its entries are the events as they are stored. */
const ENGINES_IN_DATABASE = [
  ...(process.env['BRAIN_EVENT_STORE'] === 'eventstoredb' ? [] : ['event_store']),
  ...(process.env['BRAIN_BUS'] === 'kafka' ? [] : ['message_bus']),
];

describe('a person who wears a device', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let [admin, operator, auditor]: ApiClient[] = [];
  let client: MqttClient;
  let wearerId: string;
  let device: { deviceId: string; accessToken: string };
  let alert: AlertView;
  let before: string;
  let folder: TempDir;
  let vkey: string;

  beforeAll(async () => {
    product = await ownDistrict();
    [admin, operator, auditor] = [product.as('administrator'), product.as('operator'), product.as('auditor')];
    vkey = (await (await fetch(`${product.url}/api/audit/log/vkey`)).text()).trim();
    folder = await tempDir();
    undo(() => folder.remove());
  });

  const kept = () => path.join(folder.path, 'kept-checkpoint');
  const all = async (who: ApiClient | undefined, address: string): Promise<string> => JSON.stringify(await who?.get<unknown>(address));
  const found = async (who: ApiClient | undefined, address: string) => (await who?.get<{ items: unknown[] }>(address))?.items;
  const database = async (...schemas: readonly string[]): Promise<string> => {
    const { postgresPort } = JSON.parse(await readFile(path.join(product.dataDir, 'runtime.json'), 'utf8')) as { postgresPort: number };
    const { postgresPassword } = JSON.parse(await readFile(path.join(product.dataDir, 'secrets.json'), 'utf8')) as { postgresPassword: string };
    return wholeDatabase(`postgres://postgres:${encodeURIComponent(postgresPassword)}@127.0.0.1:${String(postgresPort)}/brain`, schemas.length === 0 ? null : schemas);
  };
  /** Every file of the log, as anybody may take it away. */
  const log = async (): Promise<string> => {
    const folder = path.join(product.dataDir, 'log');
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    return (await Promise.all(files.map(({ parentPath, name }) => readFile(path.join(parentPath, name), 'utf8')))).join('\n');
  };
  const exported = async (): Promise<string> => {
    const file = path.join(folder.path, 'exported.ndjson');
    expect(await product.brain('export', file)).toMatchObject({ code: 0 });
    return readFile(file, 'utf8');
  };
  /** All files of an evidence package as one text, once `brain verify` has proven it. */
  const evidence = async (about: string): Promise<string> => {
    const archive = path.join(folder.path, 'evidence.zip');
    const bytes = await eventually(async () => Buffer.from(await new Response(await auditor?.stream(`/api/audit/evidence/${about}`, 'application/zip')).arrayBuffer()));
    await writeFile(archive, bytes);
    expect(await product.brain('verify', archive, '--vkey', vkey)).toMatchObject({ code: 0, output: expect.stringContaining('PROVEN') as unknown });
    const files = await openZip({ size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) });
    return (await Promise.all([...files.names].map(async (name) => Buffer.from(await files.read(name)).toString('utf8')))).join('\n');
  };
  const evidenceOfHer = () => {
    const period = new URLSearchParams({ from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date(Date.now() + 86_400_000).toISOString() });
    return evidence(`people/${wearerId}?${period.toString()}`);
  };

  it('is imported, given a band, and what it measures becomes an alert and a case', async () => {
    expect(await admin?.post('/api/staff/import', peopleOf(product.community), { contentType: 'text/csv' })).toMatchObject({ imported: 2, refused: [] });
    wearerId = await soon(async () => {
      const people = (await found(operator, `/api/staff?q=${encodeURIComponent(NAME)}`)) as StaffView[];
      expect(people).toHaveLength(1);
      return people[0]?.staffId ?? '';
    });
    const body = { name: BAND, kind: 'wristband', areaCode: product.grid, location: PLACE, wearerId };
    device = (await soon(async () => admin?.post<typeof device>('/api/devices', body))) ?? device;
    await defineRule(product.as('administrator'), device.deviceId, {
      name: '心率过快', when: 'reading.heartRate > 150.0 && max("heartRate", "PT10M") > 150.0', for: 'PT0S', clearWhen: 'reading.heartRate < 100.0', openCase: { category: '01076', title: '心率过快，请上门查看' },
    });
    client = await connectAsync(product.mqttUrl, { username: device.accessToken, protocolVersion: 4 });
    undo(() => client.endAsync(true));
    const publish = (payload: string) => client.publishAsync('v1/devices/me/telemetry', payload, { qos: 1 });
    await publish(`{"note": ${FELL}`);
    // A rule is in force within a moment.
    alert = await eventually(async () => {
      await publish(JSON.stringify({ ts: Date.now(), values: { heartRate: HEART } }));
      const [one] = (await found(operator, `/api/alerts?deviceId=${device.deviceId}`)) as AlertView[];
      expect(one).toMatchObject({ deviceName: BAND, wearerId, location: PLACE, reading: { values: { heartRate: HEART } }, caseId: expect.any(String) });
      return one as AlertView;
    }, { timeoutMs: 30_000 });
    await eventually(async () => expect(await operator?.get<CaseView>(`/api/cases/${alert.caseId ?? ''}`)).toMatchObject({ state: 'dispatched', assignee: { name: '李敏' } }));
  });

  it('is known to whoever may know, and the record keeps all of it encrypted', async () => {
    expect(telling(await all(admin, `/api/refused-messages?deviceId=${device.deviceId}`))).toEqual([]); // as base64
    await eventually(async () => expect(await found(admin, `/api/refused-messages?deviceId=${device.deviceId}`)).toHaveLength(1));
    await eventually(async () => expect(await all(operator, `/api/telemetry/${device.deviceId}/latest`)).toContain(String(HEART)));
    await eventually(async () => expect(await found(auditor, `/api/audit/events?device=${device.deviceId}&q=${encodeURIComponent(NAME)}`)).not.toHaveLength(0));
    await eventually(async () => expect(await log()).toContain(`alert-${alert.alertId}`));
    expect(telling(await log())).toEqual([]);
    for (const schema of ENGINES_IN_DATABASE) {
      const stored = await database(schema);
      expect(stored).toContain(device.deviceId);
      expect(telling(stored)).toEqual([]);
    }
    expect(telling(await database())).toEqual(TELLING);
    expect(telling(await exported())).toEqual(expect.arrayContaining([NAME, String(PLACE.lng), String(HEART)]));
    expect(telling(await evidence(`cases/${alert.caseId ?? ''}`))).toEqual(expect.arrayContaining([NAME, String(HEART)]));
    before = new Date().toISOString();
    await writeFile(kept(), await (await fetch(`${product.url}/api/audit/log/checkpoint`)).text());
  });

  it('is erased when two people agree, and then no table has anything of them', async () => {
    expect(await admin?.post(`/api/people/${wearerId}/erase`, {})).toMatchObject({ state: 'requested' });
    expect((await operator?.get<DeviceView>(`/api/devices/${device.deviceId}`))?.name).toBe(BAND);
    expect(await product.as('security-administrator').post(`/api/people/${wearerId}/erase`, {})).toMatchObject({ state: expect.stringMatching(/decided|erased/) as unknown });
    await eventually(async () => expect(await admin?.get(`/api/people/${wearerId}/erasure`)).toMatchObject({ state: 'erased' }), { timeoutMs: 30_000 });
    await eventually(async () => expect(telling(await database())).toEqual([]), { timeoutMs: 30_000 });
  });

  it('is shown as erased in every list, and found by no search', async () => {
    await expect(operator?.get(`/api/staff/${wearerId}`)).rejects.toThrow('STAFF_ERASED');
    expect(await operator?.get<DeviceView>(`/api/devices/${device.deviceId}`)).toMatchObject({ name: ERASED, location: null, state: 'retired' });
    expect(await found(operator, `/api/alerts?deviceId=${device.deviceId}`)).toMatchObject([{ deviceName: ERASED, location: null, wearerId, reading: { values: {} } }]);
    expect(telling(await all(operator, `/api/alerts/${alert.alertId}`))).toEqual([]);
    expect(telling(await all(operator, `/api/cases/${alert.caseId ?? ''}`))).toEqual([]);
    expect(await found(operator, `/api/telemetry/${device.deviceId}/latest`)).toEqual([]);
    expect(await found(admin, `/api/refused-messages?deviceId=${device.deviceId}`)).toEqual([]);
    for (const list of ['staff', 'devices', 'alerts', 'cases']) expect(await found(operator, `/api/${list}?q=${encodeURIComponent(NAME)}`)).toEqual([]);
    await expect(client.publishAsync('v1/devices/me/telemetry', '{"heartRate": 60}', { qos: 1 }).then(() => found(operator, `/api/telemetry/${device.deviceId}/latest`))).resolves.toEqual([]);
  });

  it('is shown as erased at every earlier moment too', async () => {
    const at = `at=${before}`;
    expect(await found(operator, `/api/alerts?${at}`)).toMatchObject([{ alertId: alert.alertId, deviceName: ERASED, location: null, reading: { values: {} } }]);
    expect(telling(await all(operator, `/api/staff?${at}`))).toEqual([]);
    for (const as of ['recorded', 'occurred']) expect(telling(await all(auditor, `/api/audit/room?${at}&as=${as}`))).toEqual([]);
    expect(await all(auditor, `/api/audit/room?${at}`)).toContain(device.deviceId);
  });

  it('is not to be found in the record, whose events are all there', async () => {
    for (const word of [NAME, String(HEART), '手环']) expect(await found(auditor, `/api/audit/events?q=${encodeURIComponent(word)}`)).toEqual([]);
    const events = await all(auditor, `/api/audit/events?device=${device.deviceId}&limit=500`);
    for (const type of ['device-registered', 'alert-raised', 'device-wearer-erased']) expect(events).toContain(type);
    expect(telling(events)).toEqual([]);
    expect(telling(await exported())).toEqual([]);
  });

  it('is in no evidence package, and each still proves itself', async () => {
    for (const about of [await evidence(`cases/${alert.caseId ?? ''}`), await evidenceOfHer()]) {
      expect(about).toContain(alert.alertId);
      expect(telling(about)).toEqual([]);
    }
  });

  it('leaves a replay that comes to the same tables, and a log that continues the one from before', async () => {
    await eventually(async () => {
      const { code, output } = await product.brain('replay');
      expect(output).toContain('are identical to what the events say');
      expect(code).toBe(0);
    }, { timeoutMs: 60_000 });
    const folder = await product.brain('verify', path.join(product.dataDir, 'log'), '--vkey', vkey);
    expect(folder).toMatchObject({ code: 0, output: expect.stringContaining('PROVEN') as unknown });
    const live = await product.brain('verify', `${product.url}/api/audit/log`, '--vkey', vkey, '--checkpoint', kept());
    expect(live).toMatchObject({ code: 0, output: expect.stringContaining('PROVEN') as unknown });
    expect(telling(await database())).toEqual([]);
  });
});
