const HOUR = 3_600_000;

/** A day as it was lived in a zone: 23 or 25 hours long when the clocks were changed. */
export interface PastDay {
  readonly from: number;
  /** The first moment of the next day. */
  readonly to: number;
}

export function dayOf(at: number, zone: string): PastDay {
  const day = dateIn(zone);
  const date = day(at);
  const from = firstMoment((time) => day(time) >= date, at - 26 * HOUR, at);
  const to = firstMoment((time) => day(time) > date, at, at + 26 * HOUR);
  return { from, to };
}

export interface HourMark {
  readonly at: number;
  readonly label: string;
}

/** Every third hour of the clock, and the end. */
export function hourMarks({ from, to }: PastDay, zone: string): HourMark[] {
  const clock = clockIn(zone);
  const marks: HourMark[] = [];
  for (let at = from; at < to; at += HOUR) {
    const label = clock(at);
    if (at === from || Number(label.slice(0, 2)) % 3 === 0) marks.push({ at, label });
  }
  return [...marks.filter(({ label }, index) => index === 0 || marks[index - 1]?.label !== label), { at: to, label: '24:00' }];
}

/** Bisection: the zone's rules are asked, not known. To the millisecond. */
function firstMoment(holds: (time: number) => boolean, before: number, after: number): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const dateIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (time: number): string => format.format(time);
};

const clockIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (time: number): string => format.format(time);
};
