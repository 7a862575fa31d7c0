import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { recordFoundBrokenV1, recordFoundWholeV1 } from '@brain/contracts';
import { createEventCodec, type EventStore } from '@brain/event-store';
import { aborted, BackgroundTask, Clock, Commands, Database, LOGGER, Metrics, newCorrelationId, SEALED_EVENT_STORE, underLease } from '@brain/service-kit';
import { parseVerifierKey } from '@brain/verifiable-log';
import type { Logger } from 'pino';
import { LogFolder } from '../log/log-folder.js';
import { readLogKeys } from '../log/log-keys.js';
import { LogLedger } from '../log/log-ledger.js';
import { LOG_SETTINGS, type LogSettings } from '../log/log-settings.js';
import { Witnessed } from '../witnesses/witnessed.js';
import { RECORD_CHECK_STREAM, recordCheckDecider, type RecordFinding } from './domain/record-check.decider.js';
import { findFault } from './find-fault.js';

/** A tenth of a processor, however long the record is. */
const REST_SHARE = 9;

const codec = createEventCodec([recordFoundBrokenV1, recordFoundWholeV1]);

/** Compares store and log over and over, and tells what it finds as events, of which alerts are made. */
@Injectable()
export class SelfCheck implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: BackgroundTask;
  private readonly fault;

  constructor(
    @Inject(SEALED_EVENT_STORE) private readonly store: EventStore,
    @Inject(LOG_SETTINGS) private readonly settings: LogSettings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly folder: LogFolder,
    private readonly ledger: LogLedger,
    private readonly witnessed: Witnessed,
    private readonly commands: Commands,
    private readonly clock: Clock,
    database: Database,
    metrics: Metrics,
  ) {
    this.fault = metrics.gauge('brain_record_broken', '1 when the self-check found that the record was changed');
    this.task = new BackgroundTask('self-check', logger, (stopping, healthy) =>
      underLease(database, 'self-check', stopping, (signal) => this.repeat(signal, healthy)),
    );
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  private async repeat(signal: AbortSignal, healthy: () => void): Promise<void> {
    while (!signal.aborted) {
      const finding = await this.pass(signal);
      if (finding !== undefined) await this.tell(finding);
      healthy();
      await aborted(signal, this.settings.checkPauseMs);
    }
  }

  private async pass(signal: AbortSignal): Promise<RecordFinding | undefined> {
    let since = performance.now();
    const rest = async () => {
      await aborted(signal, (performance.now() - since) * REST_SHARE);
      signal.throwIfAborted();
      since = performance.now();
    };
    const vkeys = (await readLogKeys(this.settings)).map(({ vkey }) => vkey);
    const { store, folder: log, settings: { origin } } = this;
    const finding = await findFault({ store, log, origin, vkeys, head: () => this.ledger.head(), rest });
    return finding?.whole === true ? this.heard(finding) : finding;
  }

  /** What is whole in itself may still not be what a witness saw. */
  private async heard(whole: RecordFinding): Promise<RecordFinding> {
    const dispute = await this.witnessed.disputed(this.settings.witnesses.map(({ vkey }) => parseVerifierKey(vkey).keyId));
    return dispute === undefined ? whole : { whole: false, code: dispute.code, leafIndex: null, treeSize: dispute.treeSize };
  }

  private async tell(finding: RecordFinding): Promise<void> {
    this.fault.set(finding.whole ? 0 : 1);
    if (!finding.whole) this.logger.error(finding, 'the record was changed');
    const now = this.clock.now();
    const correlationId = newCorrelationId();
    await this.commands.runFor(codec, recordCheckDecider, RECORD_CHECK_STREAM, { finding, now }, {
      actor: { type: 'system', id: 'self-check' },
      time: now,
      correlationId,
      causationId: correlationId,
    });
  }
}
