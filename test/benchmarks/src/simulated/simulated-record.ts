import { Agenda, type Course } from './agenda.js';
import { alertCourse } from './simulated-alert.js';
import { caseCourse } from './simulated-case.js';
import { deviceCourse, workerCourse } from './simulated-days.js';
import { registerTown, type Town } from './simulated-town.js';
import { SeededRandom } from './seeded-random.js';
import { Storyteller, type TimedEvent } from './storyteller.js';

const DAY = 86_400_000;
export const SIMULATED_DAYS = 90;
/** How many events an alert with all that follows, and a reported case, are on average; the rest is days of people and devices. */
const EVENTS_PER_ALERT = 10;
const SHARE_OF_ALERTS = 0.46;
const EVENTS_PER_REPORT = 8.5;
const SHARE_OF_REPORTS = 0.2;
const REPORTS = ['路灯不亮', '垃圾满溢', '违规停放电动车', '道路破损', '墙面渗水', '噪声扰民', '楼道堆物'];

/**
 * Some ninety days of a county that end at `until`, in the order of their time, the same on every run: exactly `count`
 * events, through the product's own contracts.
 */
export function* simulatedRecord(count: number, until: number): Generator<TimedEvent, void, void> {
  const teller = new Storyteller(new SeededRandom(20_261_122));
  const agenda = new Agenda();
  const start = (course: Course) => agenda.add(teller.now, course);
  teller.now = until - SIMULATED_DAYS * DAY;
  const town = registerTown(teller, count);
  for (const worker of town.staff) start(workerCourse(teller, worker));
  for (const device of town.devices) start(deviceCourse(teller, device));
  start(every((SIMULATED_DAYS * DAY * EVENTS_PER_ALERT) / (count * SHARE_OF_ALERTS), teller, () => start(alertCourse(teller, town, start))));
  start(every((SIMULATED_DAYS * DAY * EVENTS_PER_REPORT) / (count * SHARE_OF_REPORTS), teller, () => start(reportCourse(teller, town))));

  for (let left = count; left > 0; ) {
    for (const event of teller.take().slice(0, left)) {
      left -= 1;
      yield event;
    }
    const next = agenda.take();
    if (next === undefined) throw new Error('The simulated record ended before its time');
    teller.now = next.at;
    const { value: waitMs, done } = next.course.next();
    if (done !== true) agenda.add(teller.now + waitMs, next.course);
  }
}

function* every(meanMs: number, { random }: Storyteller, happens: () => void): Generator<number, void, void> {
  for (;;) {
    yield random.waitMs(meanMs);
    happens();
  }
}

function reportCourse(teller: Storyteller, town: Town): Course {
  const { random } = teller;
  const place = { areaCode: random.pick(town.grids), location: { lng: 113.9 + random.next() / 5, lat: 22.5 + random.next() / 5 } };
  const source = { kind: random.pick(['patrol', 'resident', 'hotline', 'department'] as const) };
  return caseCourse(teller, town, { caseId: random.uuid(), category: '01099', title: random.pick(REPORTS), severity: 'MINOR', source, ...place });
}
