import { InMemoryEventStore, START_POSITION } from '@brain/event-store';
import type { Disk } from '@brain/service-kit';
import { EMPTY_ROOT } from '@brain/verifiable-log';
import { LogFolder } from './log-folder.js';
import type { LogHead } from './log-head.js';
import type { LogSettings } from './log-settings.js';
import { sequenceEvents } from './sequence-events.js';

/** Which durable step fails, counted from the start of a run, and how far it gets: not at all, half, or done but not told. */
export interface Crash {
  readonly step: number;
  readonly reach: 'before' | 'half' | 'after';
}

/** The steps of one life of the process; from the one that crashes on, nothing works any more. */
class Life {
  private steps = 0;

  constructor(private readonly crash: Crash | undefined) {}

  async step(work: () => Promise<void>, half: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const at = this.steps;
    this.steps += 1;
    const { crash } = this;
    if (crash === undefined || at < crash.step) return work();
    if (at === crash.step && crash.reach === 'half') await half();
    if (at === crash.step && crash.reach === 'after') await work();
    throw new Error('killed');
  }
}

class CrashingFolder extends LogFolder {
  constructor(
    folder: string,
    private readonly life: Life,
    private readonly signed: string[],
    disk: Disk | undefined,
  ) {
    super(folder, disk);
  }

  override writeTiles(tiles: Parameters<LogFolder['writeTiles']>[0]): Promise<void> {
    return this.life.step(
      () => super.writeTiles(tiles),
      () => super.writeTiles(tiles.slice(0, tiles.length / 2)),
    );
  }

  override writeCheckpoint(note: string): Promise<void> {
    return this.life.step(async () => {
      await super.writeCheckpoint(note);
      this.signed.push(note);
    });
  }

  override dropNarrower(tiles: Parameters<LogFolder['dropNarrower']>[0]): Promise<void> {
    return this.life.step(
      () => super.dropNarrower(tiles),
      () => super.dropNarrower(tiles.slice(0, 1)),
    );
  }
}

/** A log over an in-memory store whose process may be killed between any two steps. */
export class CrashingLog {
  readonly store = new InMemoryEventStore();
  /** Every checkpoint that anybody may have seen, in order. */
  readonly signed: string[] = [];
  head: LogHead = { size: 0, root: EMPTY_ROOT, position: START_POSITION };

  constructor(private readonly settings: LogSettings) {}

  /** One life: until everything in the store is published, or the crash. */
  async live(total: number, crash?: Crash, disk?: Disk): Promise<void> {
    const life = new Life(crash);
    const stop = new AbortController();
    const ledger = {
      head: () => Promise.resolve(this.head),
      reserve: (from: LogHead, to: LogHead) =>
        life.step(() => {
          if (from.size !== this.head.size) throw new Error('LOG_HAS_ANOTHER_WRITER');
          this.head = to;
          return Promise.resolve();
        }),
    };
    try {
      await sequenceEvents({
        ...{ store: this.store, ledger, settings: this.settings, signal: stop.signal },
        folder: new CrashingFolder(this.settings.folder, life, this.signed, disk),
        onPublished: ({ size }) => {
          if (size >= total) stop.abort();
        },
      });
    } catch (error) {
      if (!(error instanceof Error && error.message === 'killed')) throw error;
    }
  }
}
