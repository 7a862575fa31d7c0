import type { Reading } from '@brain/contracts';

/** temperature 61.2 · battery 80 — what the device said, short. */
export function readingText({ values }: Reading): string {
  return Object.entries(values)
    .slice(0, 3)
    .map(([metric, value]) => `${metric} ${typeof value === 'number' ? round(value) : String(value)}`)
    .join(' · ');
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
