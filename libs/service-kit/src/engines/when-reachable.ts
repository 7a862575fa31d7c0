import type { Logger } from 'pino';
import { aborted } from '../background-task.js';
import { outageLog } from '../outage-log.js';
import { within } from '../within.js';
import { refusalOf } from './engine-fault.js';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
const ANSWER_WITHIN_MS = 15_000;
const NEVER = new AbortController().signal;

/** Waits for an engine that is still starting, with growing pauses. @throws what waiting cannot mend, with its remedy */
export async function whenReachable(engine: string, attempt: () => Promise<unknown>, logger: Logger): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await within(ANSWER_WITHIN_MS, attempt());
      return;
    } catch (error) {
      const refusal = refusalOf(engine, error);
      if (refusal !== undefined) throw refusal;
      outageLog(logger).failed(engine, error, 'an engine is not reachable yet');
      await aborted(NEVER, pause);
    }
  }
}
