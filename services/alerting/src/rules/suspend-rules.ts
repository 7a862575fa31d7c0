import { Inject, Injectable } from '@nestjs/common';
import type { TelemetryMessage } from '@brain/contracts';
import { Clock, Commands, LOGGER } from '@brain/service-kit';
import type { Logger } from 'pino';
import { ALERTING_SETTINGS, type AlertingSettings } from '../config.js';
import { ruleDecider } from './domain/rule.decider.js';
import { ruleStream } from './domain/rule.stream.js';
import { ruleCodec } from './rule-codec.js';
import type { ActiveRule } from './rule-index.js';
import { RulesInForce } from './rules-in-force.js';

/** Takes a rule that keeps exceeding its time budget out of the evaluation, visibly: the rule's state says so. */
@Injectable()
export class SuspendRules {
  constructor(
    private readonly rules: RulesInForce,
    private readonly commands: Commands,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ALERTING_SETTINGS) private readonly settings: AlertingSettings,
  ) {}

  /** Does not wait: the readings go on without the rule. Should the record fail, the next start finds the rule in force. */
  suspend({ ruleId }: ActiveRule, cause: TelemetryMessage): void {
    this.rules.stopEvaluating(ruleId);
    const { ALERTING_RUN_BUDGET_MS: ms, ALERTING_RUN_BUDGET_STRIKES: strikes } = this.settings;
    const reason = `took longer than ${String(ms)} ms more than ${String(strikes)} times in a row`;
    this.logger.warn({ ruleId, reason }, 'rule suspended');
    this.commands
      .runFor(ruleCodec, ruleDecider, ruleStream(ruleId), { type: 'SuspendRule', reason }, {
        actor: { type: 'system', id: 'rule-budget' },
        time: this.clock.now(),
        correlationId: cause.correlationId,
        causationId: cause.messageId,
      })
      .catch((error: unknown) => this.logger.error({ err: error, ruleId }, 'suspension could not be recorded'));
  }
}
