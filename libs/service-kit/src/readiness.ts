import { within } from './within.js';

/** An engine that does not answer in this time is not ready, and whoever asks is not kept waiting. */
const ANSWER_WITHIN_MS = 3_000;

/** State of one thing the service needs. `detail` says what is missing. */
export interface ReadinessEntry {
  readonly ready: boolean;
  readonly detail?: string;
  /** What it consists of, where that is worth seeing. */
  readonly checks?: Readonly<Record<string, ReadinessEntry>>;
}

/** What must be well before the service says it is ready; modules add their own checks. */
export class Readiness {
  private readonly checks = new Map<string, () => Promise<ReadinessEntry> | ReadinessEntry>();

  add(name: string, check: () => Promise<ReadinessEntry> | ReadinessEntry): void {
    this.checks.set(name, check);
  }

  /** Ready when the promise resolves. */
  addPing(name: string, ping: () => Promise<unknown>): void {
    this.add(name, async () => {
      await within(ANSWER_WITHIN_MS, ping());
      return { ready: true };
    });
  }

  async report(): Promise<{ readonly ready: boolean; readonly checks: Readonly<Record<string, ReadinessEntry>> }> {
    const entries = await Promise.all([...this.checks].map(async ([name, check]) => [name, await outcome(check)] as const));
    return { ready: entries.every(([, entry]) => entry.ready), checks: Object.fromEntries(entries) };
  }
}

async function outcome(check: () => Promise<ReadinessEntry> | ReadinessEntry): Promise<ReadinessEntry> {
  try {
    return await check();
  } catch (error) {
    return { ready: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
