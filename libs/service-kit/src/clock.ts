import { Injectable } from '@nestjs/common';

/** The only source of "now". Tests inject a fixed one. */
@Injectable()
export class Clock {
  /** ISO 8601 UTC with milliseconds. */
  now(): string {
    return new Date(this.millis()).toISOString();
  }

  /** Milliseconds since the epoch. */
  millis(): number {
    return Date.now();
  }
}

/** A clock that stands still until it is set. For tests. */
export class FixedClock extends Clock {
  constructor(private at: number) {
    super();
  }

  override millis(): number {
    return this.at;
  }

  set(at: string): void {
    this.at = Date.parse(at);
  }

  advance(ms: number): void {
    this.at += ms;
  }
}
