import { Controller, Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { v5 as uuidv5 } from 'uuid';
import { alertRaisedV1, TOPICS, type AlertRaised, type StoredEvent } from '@brain/contracts';
import { createEventCodec, type CommandContext } from '@brain/event-store';
import type { DeliveredRecord } from '@brain/message-bus';
import { causedBy, Clock, eventOf } from '@brain/service-kit';
import { CaseLedger } from '../cases/case-ledger.js';
import { CaseNumbers } from '../cases/case-numbers.js';
import type { OpenCase } from '../cases/domain/case.commands.js';
import { DISPATCH_RULE } from '../cases/domain/case.evolve.js';
import { findCategory, type CaseSettings } from '../cases/domain/case.settings.js';
import { CASE_SETTINGS } from '../settings/case-settings.js';
import { RuleDispatch } from './rule-dispatch.js';

const CASE_OF_ALERT_NAMESPACE = '3f1c9a52-7d1e-4c43-8f0b-6f3e0a6f9b11';
const WORN = '佩戴设备，详见预警 / worn device, see the alert';
const codec = createEventCodec([alertRaisedV1]);

/**
 * An alert whose rule asks for a case opens one. Delivery is at least once: the case id follows from the alert and
 * the command id from the event, so a repeat opens nothing new and goes on where the first one stopped.
 */
@Controller()
export class OpenCaseOnAlertRaised {
  constructor(
    private readonly ledger: CaseLedger,
    private readonly numbers: CaseNumbers,
    private readonly rule: RuleDispatch,
    private readonly clock: Clock,
    @Inject(CASE_SETTINGS) private readonly settings: CaseSettings,
  ) {}

  @EventPattern(TOPICS.alertingEvents, { group: 'open-cases', batch: 50 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    for (const stored of records.map(eventOf)) {
      if (codec.handles(stored.type)) await this.open(stored, codec.decode(stored));
    }
  }

  private async open(stored: StoredEvent, { data: alert }: AlertRaised): Promise<void> {
    if (alert.openCase === null) return;
    const context: Omit<CommandContext, 'source'> = {
      ...causedBy(stored, this.clock, DISPATCH_RULE),
      areaCode: alert.areaCode,
    };
    const { record } = await this.ledger.runFor(await this.commandFor(alert, alert.openCase), context);
    await this.rule.acceptAndDispatch(record, context);
  }

  private async commandFor(alert: AlertRaised['data'], asked: { category: string; title: string }): Promise<OpenCase> {
    const { alertId, areaCode, severity } = alert;
    const caseId = uuidv5(alertId, CASE_OF_ALERT_NAMESPACE);
    const at = this.clock.now();
    // Whose device it is and where they are stays with the alert, under their key.
    const isWorn = Boolean(alert.wearerId);
    const isKnown = findCategory(this.settings, asked.category) !== undefined;
    return {
      type: 'OpenCase',
      caseId,
      category: isKnown ? asked.category : this.settings.fallbackCategory,
      title: asked.title,
      description: `${alert.title} · ${isWorn ? WORN : alert.deviceName}${isKnown ? '' : ` · category of the rule: ${asked.category}`}`,
      areaCode,
      location: isWorn ? null : alert.location,
      severity,
      source: { kind: 'alert', alertId },
      reportedBy: DISPATCH_RULE,
      now: { at, number: await this.numbers.allot(caseId, areaCode, at) },
    };
  }
}
