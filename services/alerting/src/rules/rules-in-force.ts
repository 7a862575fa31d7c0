import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EVENT_STORE, START_POSITION, type EventStore } from '@brain/event-store';
import type { RuleDefinition, StoredEvent } from '@brain/contracts';
import { BackgroundTask, LOGGER } from '@brain/service-kit';
import type { Logger } from 'pino';
import { ALERTING_SETTINGS, type AlertingSettings } from '../config.js';
import { alertCodec } from '../alerts/alert-codec.js';
import type { CompiledRule } from './expressions/compile-rule.js';
import { compileRule } from './expressions/compile-rule.js';
import { RuleEnvironment } from './expressions/rule-environment.js';
import { RecentIds } from './recent-ids.js';
import { ruleCodec } from './rule-codec.js';
import { RuleIndex, type ActiveRule, type ScopedDevice } from './rule-index.js';

const SOURCE = 'alerting';
const REMEMBERED_CLEARS = 50_000;

/**
 * Follows the service's own events, so that every instance evaluates the same rules within moments of a change and
 * knows which alerts a person has cleared.
 */
@Injectable()
export class RulesInForce implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly environment = new RuleEnvironment();
  private readonly index: RuleIndex;
  private readonly clearedByPerson = new RecentIds(REMEMBERED_CLEARS);
  private readonly task: BackgroundTask;
  private position: string | undefined;
  private loading: Promise<void> | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(ALERTING_SETTINGS) settings: AlertingSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.index = new RuleIndex({
      compile: (definition) => this.compile(definition),
      runBudgetMs: settings.ALERTING_RUN_BUDGET_MS,
      runBudgetStrikes: settings.ALERTING_RUN_BUDGET_STRIKES,
    });
    this.task = new BackgroundTask('rules-in-force', logger, (signal, healthy) => this.follow(signal, healthy));
  }

  /**
   * Resolves once every rule defined before the start is in force: no reading may be evaluated before that, and
   * readings may arrive before the application has started in full.
   */
  ready(): Promise<void> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = undefined; // the next batch of readings tries again
      throw error;
    });
    return this.loading;
  }

  rulesFor(device: ScopedDevice): readonly ActiveRule[] {
    return this.index.rulesFor(device);
  }

  wasClearedByPerson(alertId: string): boolean {
    return this.clearedByPerson.has(alertId);
  }

  /** At once, before the event that says so has come round. */
  stopEvaluating(ruleId: string): void {
    this.index.remove(ruleId);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.ready();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  private async load(): Promise<void> {
    const head = await this.store.headPosition();
    for await (const event of this.store.readAll({
      after: START_POSITION,
      until: head,
      types: ruleCodec.types,
      source: SOURCE,
    })) {
      this.apply(event);
    }
    this.position = head;
    this.task.start();
  }

  private async follow(signal: AbortSignal, healthy: () => void): Promise<void> {
    const types = [...ruleCodec.types, alertCodec.wireName('AlertCleared')];
    const after = this.position ?? START_POSITION;
    for await (const batch of this.store.tail({ after, types, source: SOURCE, signal })) {
      for (const event of batch.events) this.apply(event);
      this.position = batch.position;
      healthy();
    }
  }

  private apply(stored: StoredEvent): void {
    if (ruleCodec.handles(stored.type)) {
      this.applyRule(stored);
      return;
    }
    const event = alertCodec.decode(stored);
    if (event.type === 'AlertCleared' && event.data.reason !== null) this.clearedByPerson.add(event.data.alertId);
  }

  /** A rule that an older edition accepted and this one cannot compile must not stop the others. */
  private applyRule(stored: StoredEvent): void {
    const event = ruleCodec.decode(stored);
    try {
      this.index.apply(event, stored.revision);
    } catch (error) {
      this.logger.error({ err: error, ruleId: event.data.ruleId }, 'rule cannot be evaluated');
    }
  }

  private compile(definition: RuleDefinition): CompiledRule {
    return compileRule(this.environment, definition);
  }
}
