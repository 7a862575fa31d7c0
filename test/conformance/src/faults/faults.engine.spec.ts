import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ControlRoom } from './control-room.js';
import { deckOfFaults, type Fault } from './deck-of-faults.js';
import { EventRecord } from './event-record.js';
import { lastWords } from './last-words.js';
import { loadGoesOn, register, startLoad } from './fleet.js';
import type { LoadDevice } from './load-device.js';
import { expectAlertsAndCases, expectDeadlines, expectScreen } from './reckoning-cases.js';
import { expectReadings } from './reckoning-readings.js';
import { SeededChoice } from './seeded-choice.js';
import { BUSES, ROUNDS, SEED } from './settings.js';
import { StackUnderTest } from './stack-under-test.js';

const DEVICES = 50;
const BREACHING = 10;
const RECOVERY_LIMIT_MS = 90_000;
/** Deadlines pass while things break: 18 seconds. */
const SETTINGS = { CASES_DEADLINES: '01076=0.005 urgent-hour', INGESTION_RATE_LIMIT: 'off' };

describe.each(BUSES)('under faults, with the bus on %s', (bus) => {
  let stack: StackUnderTest;
  let room: ControlRoom;
  let devices: readonly LoadDevice[] = [];
  let record: EventRecord;
  /** What there is to stop when the start fails half way. */
  const started: { stack?: StackUnderTest; room?: ControlRoom } = {};
  const say = (line: string) => process.stderr.write(`${line}\n`);

  beforeAll(async () => {
    say(`bus on ${bus}, BRAIN_FAULT_SEED=${String(SEED)}, ${String(ROUNDS)} rounds`);
    stack = started.stack = await StackUnderTest.start(bus, SETTINGS);
    record = new EventRecord(stack.databaseUrl);
    const accounts = await register(stack.admin, DEVICES);
    room = started.room = new ControlRoom(stack.product.url, await signIn());
    devices = await startLoad(stack.admin, stack.door, accounts, BREACHING);
    await loadGoesOn(devices, 2, RECOVERY_LIMIT_MS);
  }, 240_000);
  afterAll(async () => {
    for (const device of devices) device.drop();
    await started.room?.close();
    await started.stack?.stop();
  }, 120_000);

  it('the load goes on after every one of them', async () => {
    const choice = new SeededChoice(SEED);
    const scene = { stack, room, calm: devices.slice(BREACHING), choice };
    let deck: readonly Fault[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      if (deck.length === 0) deck = deckOfFaults(scene);
      const [fault, ...rest] = deck;
      deck = rest;
      if (fault === undefined) throw new Error('There is no fault');
      const began = Date.now();
      if (choice.next() < 0.3) room.drop();
      await recovered(fault);
      say(`  ${String(round + 1).padStart(2)} ${fault.name}: ${String(Date.now() - began)} ms`);
    }
    await Promise.all(devices.map((device) => device.stop()));
  }, ROUNDS * 100_000);

  it('no service ended but those that were killed', () => {
    expect(lastWords(stack.product.dataDir)).toEqual([]);
  });

  it('every acknowledged reading is stored once or listed as refused', async () => {
    say(`  ${await expectReadings(stack.admin, devices, stack.mosquitto?.crashes)}`);
    expect(await letters()).toEqual([]);
  }, 120_000);

  it('every breach of the rule gave one alert with one case', async () => {
    say(`  ${await expectAlertsAndCases(stack.admin, devices)}`);
  }, 120_000);

  it('every deadline passed once', async () => {
    say(`  ${await expectDeadlines(stack.admin, record)}`);
  }, 120_000);

  it('a screen that came back each time missed nothing', async () => {
    say(`  ${await expectScreen(stack.admin, room)}`);
  }, 120_000);

  it('no event is missing or doubled, and a replay gives the same read tables', async () => {
    say(`  ${await record.expectComplete()}`);
    const { code, output } = await stack.product.brain('replay');
    expect(output).toMatch(/All \d+ read tables are identical/);
    expect(code).toBe(0);
  }, 120_000);

  async function recovered(fault: Fault): Promise<void> {
    try {
      await fault.run();
      await stack.ready(RECOVERY_LIMIT_MS);
      await loadGoesOn(devices, 2, RECOVERY_LIMIT_MS);
    } catch (error) {
      throw new Error(`After "${fault.name}": ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  /** Messages that a handler gave up. */
  async function letters(): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { group, error } of stack.admin.list<{ group: string; error: string }>('/api/dead-letters')) found.push(`${group}: ${error}`);
    return found;
  }

  async function signIn(): Promise<string> {
    const { username, password } = stack.product.credential('operator');
    const response = await fetch(`${stack.product.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    return ((await response.json()) as { accessToken: string }).accessToken;
  }
});
