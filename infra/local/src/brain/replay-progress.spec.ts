import { describe, expect, it } from '@jest/globals';
import { ReplayProgress } from './replay-progress.js';

function progressOf(total: number | undefined) {
  let ms = 0;
  const progress = new ReplayProgress(total, () => ms);
  const after = (seconds: number, events: number) => {
    ms += seconds * 1_000;
    progress.add(events);
    return progress.line();
  };
  return { progress, after };
}

describe('the progress of a replay', () => {
  it('tells share, speed and the time it still takes', () => {
    expect(progressOf(1_000_000).after(10, 250_000)).toBe('[██████░░░░░░░░░░░░░░░░░░]  25 % · 250,000 of 1,000,000 events · 25,000 events/s · 30 s left');
  });

  it('tells minutes, and never 100 % before it is', () => {
    expect(progressOf(1_000).after(1, 1)).toContain('16 min 39 s left');
    expect(progressOf(1_000).after(1, 999)).toContain(' 99 % ');
  });

  it('says what comes after the last event', () => {
    expect(progressOf(1_000).after(1, 1_000)).toContain('100 % · 1,000 of 1,000 events · 1,000 events/s · comparing');
  });

  it('counts what came while it ran', () => {
    expect(progressOf(1_000).after(1, 1_010)).toContain('100 % · 1,010 of 1,010');
  });

  it('begins without a time, and does without a total', () => {
    expect(progressOf(1_000).progress.line()).toContain('time unknown yet');
    expect(progressOf(undefined).after(2, 500)).toBe('500 events · 250 events/s');
  });
});
