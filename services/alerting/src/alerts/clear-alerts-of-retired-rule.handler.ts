import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { TOPICS, ruleRetiredV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import type { DeliveredRecord } from '@brain/message-bus';
import { Clock, Commands, causedBy, eventOf } from '@brain/service-kit';
import { alertCodec } from './alert-codec.js';
import { AlertsOfRule } from './alerts-of-rule.js';
import { RULE_RETIRED } from './domain/alert.commands.js';
import { alertDecider } from './domain/alert.decider.js';
import { alertStream } from './domain/alert.stream.js';

const ruleCodec = createEventCodec([ruleRetiredV1]);

/** No reading will ever clear the alerts of a retired rule. */
@Controller()
export class ClearAlertsOfRetiredRule {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly alerts: AlertsOfRule,
  ) {}

  @EventPattern(TOPICS.alertingEvents, { group: 'retired-rules', batch: 100 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    for (const record of records) {
      const stored = eventOf(record);
      if (!ruleCodec.handles(stored.type)) continue;
      const { ruleId } = ruleCodec.decode(stored).data;
      const context = causedBy(stored, this.clock, 'retired-rule');
      for (const { alertId, areaCode } of await this.alerts.active(ruleId)) {
        const command = { type: 'ClearByPerson', reason: RULE_RETIRED, now: context.time } as const;
        await this.commands.runFor(alertCodec, alertDecider, alertStream(alertId), command, { ...context, areaCode });
      }
    }
  }
}
