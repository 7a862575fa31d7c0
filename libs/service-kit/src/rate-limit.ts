/** So many within so many seconds. */
export interface RateLimit {
  readonly count: number;
  readonly seconds: number;
}

/** ThingsBoard's form: `200:1,6000:60` is 200 a second and 6000 a minute; `off` is none. undefined: neither. */
export function parseRateLimit(text: string): readonly RateLimit[] | undefined {
  if (text === 'off') return [];
  const limits: RateLimit[] = [];
  for (const part of text.split(',')) {
    const match = /^([1-9]\d{0,8}):([1-9]\d{0,8})$/.exec(part.trim());
    if (match === null) return undefined;
    limits.push({ count: Number(match[1]), seconds: Number(match[2]) });
  }
  return limits;
}

/** Token buckets: each starts full and refills evenly. A message passes when every bucket has a token. */
export class RateLimiter {
  private readonly tokens: number[];
  private last: number;

  constructor(
    private readonly limits: readonly RateLimit[],
    now: number,
  ) {
    this.tokens = limits.map(({ count }) => count);
    this.last = now;
  }

  allows(now: number): boolean {
    this.refill(now);
    if (this.tokens.some((tokens) => tokens < 1)) return false;
    this.tokens.forEach((tokens, index) => (this.tokens[index] = tokens - 1));
    return true;
  }

  /** Nothing of it is used up: a new one would be the same. */
  isRested(now: number): boolean {
    this.refill(now);
    return this.limits.every(({ count }, index) => this.tokens[index] === count);
  }

  private refill(now: number): void {
    const passed = Math.max(0, now - this.last) / 1000;
    this.last = now;
    this.limits.forEach(({ count, seconds }, index) => {
      this.tokens[index] = Math.min(count, (this.tokens[index] ?? 0) + (passed * count) / seconds);
    });
  }
}
