import {
  casePersonalDataReadV1,
  caseCommandRefusedV1,
  deviceCameOnlineV1,
  deviceWentOfflineV1,
  gridPersonalDataReadV1,
  signedInV1,
  signedOutV1,
  signInFailedV1,
  staffAvailabilityChangedV1,
} from '@brain/contracts';
import type { SimulatedDevice, SimulatedWorker } from './simulated-town.js';
import type { Storyteller } from './storyteller.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ADDRESS = '10.44.3.5';

/** A worker's days: sign in, on duty, looks at people and cases, off duty, sign out. */
export function* workerCourse(teller: Storyteller, { staffId, accountId, areaCode }: SimulatedWorker): Generator<number, void, void> {
  const { random } = teller;
  const actor = { type: 'user', id: accountId } as const;
  const duty = (availability: 'on-duty' | 'off-duty') =>
    teller.tell(staffAvailabilityChangedV1, `staff-${staffId}`, { staffId, availability, at: teller.time() }, { actor, areaCode });
  yield random.next() * DAY;
  for (;;) {
    if (random.chance(0.05)) {
      const failed = { method: 'password' as const, accountId, unknownName: null, code: 'SIGN_IN_REFUSED', address: ADDRESS, count: 1, since: teller.time() };
      teller.tell(signInFailedV1, `account-${accountId}`, failed, { actor: { type: 'user', id: 'anonymous' } });
    }
    const sessionId = random.uuid();
    teller.tell(signedInV1, `account-${accountId}`, { accountId, sessionId, method: 'password', address: ADDRESS }, { actor });
    yield MINUTE;
    duty('on-duty');
    for (let left = random.whole(1, 4); left > 0; left -= 1) {
      yield random.waitMs(HOUR);
      look(teller, accountId, areaCode);
    }
    yield random.waitMs(4 * HOUR);
    duty('off-duty');
    teller.tell(signedOutV1, `account-${accountId}`, { accountId, method: 'password', by: 'person', address: ADDRESS }, { actor });
    yield 12 * HOUR;
  }
}

function look(teller: Storyteller, accountId: string, areaCode: string): void {
  const { random } = teller;
  const circumstances = { actor: { type: 'user', id: accountId } as const, areaCode };
  const counted = { address: ADDRESS, count: 1, since: teller.time() };
  if (random.chance(0.03)) {
    const refused = { command: 'POST /api/cases/:caseId/close', target: random.uuid(), areaCode, code: 'CASE_STATE_CHANGED', status: 409, ...counted };
    teller.tell(caseCommandRefusedV1, `refused-${accountId}`, refused, circumstances);
    return;
  }
  const answer = { target: null, filters: ['area'], areaCode, records: random.whole(1, 50), result: 'given' as const, code: null, ...counted };
  if (random.chance(0.5)) teller.tell(casePersonalDataReadV1, `read-cases-${accountId}`, { kind: 'case', ...answer }, circumstances);
  else teller.tell(gridPersonalDataReadV1, `read-staff-${accountId}`, { kind: 'staff', ...answer }, circumstances);
}

/** A device's connections come and go. */
export function* deviceCourse(teller: Storyteller, { deviceId, areaCode }: SimulatedDevice): Generator<number, void, void> {
  const circumstances = { actor: { type: 'system', id: 'sensor-ingestion' } as const, areaCode };
  yield teller.random.next() * HOUR;
  for (;;) {
    teller.tell(deviceCameOnlineV1, `device-${deviceId}`, { deviceId, at: teller.time() }, circumstances);
    yield teller.random.waitMs(6 * DAY);
    teller.tell(deviceWentOfflineV1, `device-${deviceId}`, { deviceId, at: teller.time() }, circumstances);
    yield teller.random.waitMs(HOUR);
  }
}
