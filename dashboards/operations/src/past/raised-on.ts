import type { AlertView } from '@brain/contracts';
import { listAlerts } from '../api/alerts.js';
import type { PastDay } from './past-day.js';

/** A busier day than 2,000 alerts shows its later part: it is a hint where to look, no count. */
const PAGES = 4;

/** The alerts raised on a day, as known today, the newest first. */
export async function raisedOn({ from, to }: PastDay): Promise<readonly AlertView[]> {
  const all: AlertView[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await listAlerts({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit: 500, cursor });
    all.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return all;
}
