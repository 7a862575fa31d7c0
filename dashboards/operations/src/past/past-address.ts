import { PAST_AXES, type PastAxis } from '@brain/contracts';
import { SPEEDS, type Speed } from './past-player.js';

/** What a link to a moment says. */
export interface PastAddress {
  /** null: none was said, or none that is one. */
  readonly at: number | null;
  readonly as: PastAxis;
  readonly speed: Speed;
}

export function readAddress(search: URLSearchParams): PastAddress {
  const at = Date.parse(search.get('at') ?? '');
  return {
    at: Number.isNaN(at) ? null : at,
    as: PAST_AXES.find((axis) => axis === search.get('as')) ?? 'recorded',
    speed: SPEEDS.find((speed) => String(speed) === search.get('speed')) ?? 60,
  };
}

export function addressOf({ at, as, speed }: PastAddress & { readonly at: number }): Record<string, string> {
  return { at: new Date(at).toISOString(), as, speed: String(speed) };
}
