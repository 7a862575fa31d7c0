/** How far a replay is, as one line: a bar with share, speed and the time it still takes. */
export class ReplayProgress {
  private done = 0;
  private readonly startedAt: number;

  constructor(
    /** Events that are to be read; undefined: the engine cannot tell without reading them. */
    private readonly total: number | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.startedAt = now();
  }

  add(events: number): void {
    this.done += events;
  }

  line(): string {
    const seconds = (this.now() - this.startedAt) / 1_000;
    const perSecond = seconds > 0 ? this.done / seconds : 0;
    const speed = `${count(perSecond)} events/s`;
    if (this.total === undefined) return `${count(this.done)} events · ${speed}`;
    // What is written while the replay runs is read too.
    const total = Math.max(this.total, this.done);
    const share = total === 0 ? 1 : this.done / total;
    return `${bar(share)} ${percent(share)} · ${count(this.done)} of ${count(total)} events · ${speed} · ${this.remaining(total, perSecond)}`;
  }

  private remaining(total: number, perSecond: number): string {
    if (this.done >= total) return 'comparing';
    return perSecond === 0 ? 'time unknown yet' : `${duration((total - this.done) / perSecond)} left`;
  }
}

const WIDTH = 24;

function bar(share: number): string {
  const full = Math.floor(share * WIDTH);
  return `[${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}]`;
}

/** Never 100 before it is. */
function percent(share: number): string {
  return `${String(Math.floor(share * 100)).padStart(3)} %`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${String(whole)} s` : `${String(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, '0')} s`;
}

const count = (value: number): string => Math.round(value).toLocaleString('en');
