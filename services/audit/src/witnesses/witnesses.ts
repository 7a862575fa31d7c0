import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { aborted, BackgroundTask, Clock, LOGGER, Metrics, Readiness, type ReadinessEntry } from '@brain/service-kit';
import { parseCheckpoint, parseNote, parseVerifierKey, type NoteVerifier } from '@brain/verifiable-log';
import type { Logger } from 'pino';
import { LogFolder } from '../log/log-folder.js';
import { LOG_SETTINGS, type LogSettings } from '../log/log-settings.js';
import { askWitness } from './ask-witness.js';
import { Witnessed } from './witnessed.js';

const TIMEOUT_MS = 10_000;

interface Asked {
  readonly verifier: NoteVerifier;
  readonly task: BackgroundTask;
}

/**
 * Asks each witness for its cosignature whenever the log has grown. Each on its own and beside the log, which waits for
 * none of them. Two processes that ask at once do no harm: a witness answers the same question the same way.
 */
@Injectable()
export class Witnesses implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly asked: readonly Asked[];

  constructor(
    @Inject(LOG_SETTINGS) settings: LogSettings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly folder: LogFolder,
    private readonly witnessed: Witnessed,
    private readonly clock: Clock,
    metrics: Metrics,
    readiness: Readiness,
  ) {
    const entries = metrics.gauge('brain_log_witnessed_entries', 'Events in the log that the witness has cosigned', ['witness']);
    this.asked = settings.witnesses.map(({ vkey, url }) => {
      const verifier = parseVerifierKey(vkey);
      const work = async (signal: AbortSignal, healthy: () => void): Promise<void> => {
        while (!signal.aborted) {
          await this.ask(verifier, url);
          entries.set({ witness: verifier.name }, await this.witnessed.size(verifier.keyId));
          healthy();
          await aborted(signal, settings.witnessMs);
        }
      };
      return { verifier, task: new BackgroundTask(`witness/${verifier.name}`, logger, work) };
    });
    if (this.asked.length > 0) readiness.add('witnesses', () => this.report());
  }

  onApplicationBootstrap(): void {
    for (const { task } of this.asked) task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.asked.map(({ task }) => task.stop()));
  }

  private async ask(verifier: NoteVerifier, url: string): Promise<void> {
    const { folder: log, witnessed, clock } = this;
    try {
      await askWitness({ log, witnessed, verifier, url, timeoutMs: TIMEOUT_MS, now: () => clock.now() });
    } catch (error) {
      if ((await witnessed.disputed([verifier.keyId])) !== undefined) this.logger.error({ err: error, witness: verifier.name }, 'a witness says that the log shows another history');
      throw error;
    }
  }

  /** The log does not need them to go on; whoever looks sees how far each is. */
  private async report(): Promise<ReadinessEntry> {
    const note = await this.folder.checkpoint();
    const size = note === undefined ? 0 : parseCheckpoint(parseNote(note).text).size;
    const checks = await Promise.all(
      this.asked.map(async ({ verifier, task }) => {
        const far = `cosigned ${await this.witnessed.size(verifier.keyId)} of ${size}`;
        return [verifier.name, { ready: true, detail: task.lastError === undefined ? far : `${far}: ${task.lastError}` }] as const;
      }),
    );
    return { ready: true, checks: Object.fromEntries(checks) };
  }
}
