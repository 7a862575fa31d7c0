import type { Logger } from 'pino';
import { aborted, BackgroundTask } from '../background-task.js';
import type { Clock } from '../clock.js';
import { Tally, type Counted, type Place } from './tally.js';

const LOOK_MS = 5_000;

export interface HowOften {
  readonly count: number;
  /** ISO 8601 UTC. */
  readonly since: string;
}

/** Writes facts to the record, one by one while they are few, and the counts of the rest when their window is over. */
export class CountedRecords<Fact> {
  private readonly tally: Tally<Fact>;
  private readonly task: BackgroundTask;

  constructor(
    name: string,
    windowMs: number,
    private readonly clock: Clock,
    private readonly logger: Logger,
    /** Settles when it is durable. */
    private readonly write: (fact: Fact, often: HowOften) => Promise<void>,
  ) {
    this.tally = new Tally(windowMs);
    this.task = new BackgroundTask(`duty/${name}`, logger, async (signal) => {
      while (!signal.aborted) {
        await this.writeFinished(this.clock.millis());
        await aborted(signal, LOOK_MS);
      }
    });
  }

  start(): void {
    this.task.start();
  }

  /** Nothing that was counted stays behind. */
  async stop(): Promise<void> {
    await this.task.stop();
    await this.writeFinished(Infinity).catch((error: unknown) => this.logger.error({ err: error }, 'counts of the security record were lost'));
  }

  /** Settles when the fact is durable, or counted. */
  async take(fact: Fact, place: Place): Promise<void> {
    const now = this.clock.millis();
    if (!this.tally.admits(fact, place, now)) return;
    await this.write(fact, { count: 1, since: new Date(now).toISOString() });
  }

  /** What could not be written now, and must not hold anybody up: it comes with the next counts. */
  keep(fact: Fact): void {
    this.tally.giveBack([{ fact, count: 1, since: this.clock.millis() }]);
  }

  private async writeFinished(now: number): Promise<void> {
    const finished = this.tally.takeFinished(now);
    for (const [index, counted] of finished.entries()) {
      try {
        await this.writeCount(counted);
      } catch (error) {
        this.tally.giveBack(finished.slice(index));
        throw error;
      }
    }
  }

  private writeCount({ fact, count, since }: Counted<Fact>): Promise<void> {
    return this.write(fact, { count, since: new Date(since).toISOString() });
  }
}
