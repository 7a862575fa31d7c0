import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { TOPICS, recordFoundBrokenV1, recordFoundWholeV1, type AlertRaised, type RecordFoundBroken, type StoredEvent } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import type { DeliveredRecord } from '@brain/message-bus';
import { Clock, Commands, causedBy, eventOf } from '@brain/service-kit';
import { alertIdOf } from '../evaluation/domain/alert-id.js';
import { alertCodec } from './alert-codec.js';
import { AlertsOfRule } from './alerts-of-rule.js';
import { Counties } from './counties.query.js';
import { alertDecider } from './domain/alert.decider.js';
import { alertStream } from './domain/alert.stream.js';

/** In the place of a rule and a device: the self-check of the record, and the record. */
const SELF_CHECK = '7d0b2f4e-4c1e-4f5a-9a53-6f1d0c6a2b01';
const THE_RECORD = '7d0b2f4e-4c1e-4f5a-9a53-6f1d0c6a2b02';
const RECORD_WHOLE = 'RECORD_WHOLE';

const codec = createEventCodec([recordFoundBrokenV1, recordFoundWholeV1]);

/** A record that was changed concerns everybody: an alert in each county, cleared when it is whole again. */
@Controller()
export class AlertOfBrokenRecord {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly alerts: AlertsOfRule,
    private readonly counties: Counties,
  ) {}

  @EventPattern(TOPICS.auditEvents, { group: 'broken-record' })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    for (const stored of records.map(eventOf)) {
      if (!codec.handles(stored.type)) continue;
      const event = codec.decode(stored);
      await this.clear(stored);
      if (event.type === 'RecordFoundBroken') await this.raise(stored, event.data);
    }
  }

  private async raise(stored: StoredEvent, fault: RecordFoundBroken['data']): Promise<void> {
    for (const areaCode of await this.counties.codes()) {
      const alert = alertOf(fault, areaCode, stored.eventId);
      const context = { ...causedBy(stored, this.clock, 'self-check'), areaCode };
      await this.commands.runFor(alertCodec, alertDecider, alertStream(alert.alertId), { type: 'RaiseAlert', alert }, context);
    }
  }

  /** Those of earlier findings; an alert of this very finding, delivered once more, stays. */
  private async clear(stored: StoredEvent): Promise<void> {
    for (const { alertId, areaCode } of await this.alerts.active(SELF_CHECK)) {
      if (alertId === alertIdOf(SELF_CHECK, `${THE_RECORD}/${areaCode}/${stored.eventId}`, 0)) continue;
      const context = { ...causedBy(stored, this.clock, 'self-check'), areaCode };
      const command = { type: 'ClearByPerson', reason: RECORD_WHOLE, now: context.time } as const;
      await this.commands.runFor(alertCodec, alertDecider, alertStream(alertId), command, context);
    }
  }
}

function alertOf({ code, leafIndex, treeSize, at }: RecordFoundBroken['data'], areaCode: string, eventId: string): AlertRaised['data'] {
  const place = leafIndex === null ? '' : ` · 第 ${leafIndex} 条 / entry ${leafIndex}`;
  return {
    alertId: alertIdOf(SELF_CHECK, `${THE_RECORD}/${areaCode}/${eventId}`, 0),
    ruleId: SELF_CHECK,
    ruleRevision: 0,
    title: `审计日志被改动 / The record was changed: ${code}${place}`,
    deviceId: THE_RECORD,
    deviceName: '审计日志 / audit log',
    areaCode,
    location: null,
    severity: 'CRITICAL',
    conditionSince: at,
    raisedAt: at,
    reading: { ts: Date.parse(at), values: { code, treeSize, ...(leafIndex === null ? {} : { leafIndex }) } },
    openCase: null,
  };
}
