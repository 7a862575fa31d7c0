import { alertAcknowledgedV1, alertCaseLinkedV1, alertClearedV1, alertCommentedV1, alertRaisedV1, alertRecurredV1 } from '@brain/contracts';
import type { Course } from './agenda.js';
import { caseCourse } from './simulated-case.js';
import type { SimulatedDevice, Town } from './simulated-town.js';
import type { Storyteller } from './storyteller.js';

const MINUTE = 60_000;
const OPERATOR = '6f1de7a4-9d1a-4c55-8f0e-2f3f6f1b7c02';

/** An alert from its reading to its end, and the case it may lead to. */
export function* alertCourse(teller: Storyteller, town: Town, start: (course: Course) => void): Generator<number, void, void> {
  const { random } = teller;
  const device = random.pick(town.devices);
  const { deviceId, name: deviceName, areaCode, location, rule } = device;
  const alertId = random.uuid();
  const stream = `alert-${alertId}`;
  const correlation = random.uuid();
  const openCase = rule.category === null ? null : { category: rule.category, title: rule.name };
  const opensCase = openCase !== null && random.chance(0.6);
  const actor = { type: 'system', id: rule.ruleId } as const;
  const raised = teller.tell(
    alertRaisedV1,
    stream,
    {
      ...{ alertId, ruleId: rule.ruleId, ruleRevision: 0, title: rule.name, deviceId, deviceName, areaCode, location },
      ...{ severity: rule.severity, conditionSince: teller.time(teller.now - MINUTE), raisedAt: teller.time() },
      ...{ reading: readingOf(teller, device), openCase: opensCase ? openCase : null },
    },
    { actor, areaCode, cause: random.uuid(), correlation },
  );
  if (opensCase) {
    const caseId = random.uuid();
    start(caseCourse(teller, town, { caseId, areaCode, ...openCase, severity: rule.severity, location, source: { kind: 'alert', alertId }, cause: raised, correlation }));
    yield 1_000;
    teller.tell(alertCaseLinkedV1, stream, { alertId, caseId }, { actor, areaCode, cause: raised, correlation });
  }
  let occurrences = 1;
  for (let left = Math.floor(random.waitMs(3)); left > 0; left -= 1) {
    yield random.waitMs(2 * MINUTE);
    occurrences += 1;
    teller.tell(alertRecurredV1, stream, { alertId, occurrences, at: teller.time(), reading: readingOf(teller, device) }, { actor, areaCode });
  }
  yield random.waitMs(5 * MINUTE);
  const operator = { actor: { type: 'user', id: OPERATOR } as const, areaCode };
  if (random.chance(0.7)) teller.tell(alertAcknowledgedV1, stream, { alertId, acknowledgedBy: OPERATOR, acknowledgedAt: teller.time() }, operator);
  if (random.chance(0.15)) teller.tell(alertCommentedV1, stream, { alertId, by: OPERATOR, text: `已电话联系${device.name}所在楼栋的管理员。`, at: teller.time() }, operator);
  yield random.waitMs(30 * MINUTE);
  const byPerson = random.chance(0.1);
  const ending = byPerson ? { reading: null, reason: '现场确认已恢复。' } : { reading: readingOf(teller, device), reason: null };
  teller.tell(alertClearedV1, stream, { alertId, clearedAt: teller.time(), occurrences, ...ending }, byPerson ? operator : { actor, areaCode });
  teller.close(stream);
}

function readingOf({ now, random }: Storyteller, { rule }: SimulatedDevice) {
  return { ts: Math.floor(now), values: { [rule.metric]: Math.round(10 * rule.limit * (1 + random.next() / 3)) / 10 } };
}
