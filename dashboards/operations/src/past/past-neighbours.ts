import type { PastAxis, PastChange } from '@brain/contracts';
import type { PastReads } from './past-playback.js';

const MINUTE = 60_000;
const PAGE = 200;
/** So far is looked, either way; the server answers for no longer stretch at once. */
export const FARTHEST_MS = 7 * 24 * 60 * MINUTE;

type Changes = PastReads['changes'];

/** The first change after a moment. */
export async function changeAfter(changes: Changes, at: number, newest: number, as: PastAxis, signal: AbortSignal): Promise<PastChange | undefined> {
  if (newest <= at) return undefined;
  const to = Math.min(newest, at + FARTHEST_MS);
  return (await changes({ from: at, to, cursor: null, limit: 1 }, as, signal)).items[0];
}

/** The last change before a moment: looked for in stretches twice as long each time, from the near to the far. */
export async function changeBefore(changes: Changes, at: number, as: PastAxis, signal: AbortSignal): Promise<PastChange | undefined> {
  const lastWithin = lastBefore(changes, at, as, signal);
  for (let near = 0, far = MINUTE; near < FARTHEST_MS; near = far, far *= 2) {
    const found = await lastWithin(at - far, at - near);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Answers come in order of time from the front: a stretch of several pages is halved, the later half first. */
function lastBefore(changes: Changes, moment: number, as: PastAxis, signal: AbortSignal) {
  const before = (items: readonly PastChange[]): PastChange | undefined => items.filter(({ at }) => Date.parse(at) < moment).at(-1);
  return async function lastWithin(from: number, to: number): Promise<PastChange | undefined> {
    const page = await changes({ from, to, cursor: null, limit: PAGE }, as, signal);
    if (page.nextCursor !== null && to - from > 1000) {
      const middle = Math.floor((from + to) / 2);
      return (await lastWithin(middle, to)) ?? lastWithin(from, middle);
    }
    let found = before(page.items);
    for (let { nextCursor: cursor } = page; cursor !== null; ) {
      const next = await changes({ from, to, cursor, limit: PAGE }, as, signal);
      found = before(next.items) ?? found;
      cursor = next.nextCursor;
    }
    return found;
  };
}
