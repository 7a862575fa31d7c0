import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { TOPICS, type StaffWorkload } from '@brain/contracts';
import { MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import { aborted, BackgroundTask, Clock, LOGGER } from '@brain/service-kit';
import { CASES_CONFIG, type CasesConfig } from '../config.js';
import { WorkloadBoard } from './workload.query.js';

/** Tells the bus each person's workload whenever its numbers change, be it by an event or by the passing of time. */
@Injectable()
export class WorkloadPublisher implements OnApplicationBootstrap, OnModuleDestroy {
  /** What was last told of each person. Empty after a start: then everybody is told once. */
  private readonly told = new Map<string, string>();
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  private readonly ticking: BackgroundTask;

  constructor(
    private readonly board: WorkloadBoard,
    private readonly clock: Clock,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(CASES_CONFIG) config: CasesConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.ticking = new BackgroundTask('workload-tick', logger, async (signal) => {
      while (!signal.aborted) {
        await this.refresh();
        await aborted(signal, config.CASES_WORKLOAD_TICK_MS);
      }
    });
  }

  onApplicationBootstrap(): void {
    this.ticking.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.ticking.stop();
  }

  /** Publishes what changed. Calls that come while one runs share the one after it, which sees all they know. */
  refresh(): Promise<void> {
    if (this.running === undefined) return this.startRefresh();
    this.next ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.startRefresh();
      });
    return this.next;
  }

  private startRefresh(): Promise<void> {
    this.running = this.publishChanges().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async publishChanges(): Promise<void> {
    const changed = (await this.board.everybody(this.clock.now())).filter(
      (workload) => this.told.get(workload.staffId) !== numbersOf(workload),
    );
    if (changed.length === 0) return;
    await this.bus.publish(
      TOPICS.workload,
      changed.map((workload) => ({ key: workload.staffId, headers: { 'content-type': 'application/json' }, value: workload })),
    );
    for (const workload of changed) this.told.set(workload.staffId, numbersOf(workload));
  }
}

/** All but the time of looking. */
function numbersOf(workload: StaffWorkload): string {
  return JSON.stringify({ ...workload, updatedAt: null });
}
