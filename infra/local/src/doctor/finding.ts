/** `unknown`: the engine tells nobody, or may not be asked with these rights. */
export type Verdict = 'fine' | 'warning' | 'wrong' | 'unknown';

/** The answer to one question about one engine, with what to do in the sentence. */
export interface Finding {
  readonly engine: string;
  readonly check: string;
  readonly verdict: Verdict;
  readonly sentence: string;
}

export type Judge = (check: string, verdict: Verdict, sentence: string) => Finding;

export const judgeOf =
  (engine: string): Judge =>
  (check, verdict, sentence) => ({ engine, check, verdict, sentence });

const CLOCK_FINE_MS = 1_000;
const CLOCK_WRONG_MS = 30_000;

/**
 * Pure: how far an engine's clock is from ours. Half of the round trip is uncertain and is given to the engine.
 * Due times, tokens and certificates need clocks that agree; beyond 30 s tokens are refused.
 */
export function clockFinding(judge: Judge, offsetMs: number, roundTripMs: number): Finding {
  const off = Math.max(0, Math.abs(offsetMs) - roundTripMs / 2);
  const seconds = (Math.abs(offsetMs) / 1000).toFixed(1);
  const direction = offsetMs > 0 ? 'ahead of' : 'behind';
  if (off <= CLOCK_FINE_MS) return judge('clock', 'fine', 'its clock agrees with this computer');
  const sentence = `its clock is ${seconds} s ${direction} this computer: let both follow one time server (NTP)`;
  return judge('clock', off > CLOCK_WRONG_MS ? 'wrong' : 'warning', sentence);
}

const GIB = 1024 ** 3;
const LEAST_FREE_BYTES = GIB;
const SCARCE_SHARE = 0.1;

/** Pure: whether a disk has room. Below 1 GiB a start is refused. */
export function spaceFinding(judge: Judge, freeBytes: number, totalBytes: number, where: string): Finding {
  const free = `${(freeBytes / GIB).toFixed(1)} GiB of ${(totalBytes / GIB).toFixed(1)} GiB are free at ${where}`;
  if (freeBytes < LEAST_FREE_BYTES) return judge('free space', 'wrong', `${free}: make room, nothing is taken any more when it is full`);
  if (freeBytes < totalBytes * SCARCE_SHARE) return judge('free space', 'warning', `${free}: make room in time`);
  return judge('free space', 'fine', free);
}
