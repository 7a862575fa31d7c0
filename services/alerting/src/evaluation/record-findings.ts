import { Inject, Injectable } from '@nestjs/common';
import { ruleRetiredV1, type AlertRaised } from '@brain/contracts';
import { EVENT_STORE, loadState, wireNameOf, type CommandContext, type EventStore } from '@brain/event-store';
import { Commands } from '@brain/service-kit';
import { alertCodec } from '../alerts/alert-codec.js';
import { RULE_RETIRED, type AlertCommand } from '../alerts/domain/alert.commands.js';
import { alertDecider } from '../alerts/domain/alert.decider.js';
import { alertStream } from '../alerts/domain/alert.stream.js';
import type { DeviceCopy } from '../copies/device-copies.js';
import type { Finding } from './evaluate-reading.js';
import { groupBy } from './group-by.js';
import type { ReceivedMessage } from './received-message.js';
import { ruleCodec } from '../rules/rule-codec.js';
import { ruleDecider } from '../rules/domain/rule.decider.js';
import { ruleStream } from '../rules/domain/rule.stream.js';

/** A finding with the message it came from and what we know of the device. */
export interface FoundInMessage {
  readonly finding: Finding;
  readonly message: ReceivedMessage;
  readonly device: DeviceCopy | undefined;
}

type Cause = Pick<CommandContext, 'correlationId' | 'causationId'>;

/** Findings become events of alerts. Repeating it records nothing twice. */
@Injectable()
export class RecordFindings {
  constructor(
    private readonly commands: Commands,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** One alert after the other for a rule and a device, different ones side by side. */
  async record(found: readonly FoundInMessage[]): Promise<void> {
    const chains = groupBy(found, ({ finding, message }) => `${finding.rule.ruleId}/${message.deviceId}`);
    await Promise.all([...chains.values()].map((chain) => this.recordInOrder(chain)));
  }

  /** Those of the alerts that a person, or the end of their rule, has cleared. */
  async clearedByPerson(alertIds: readonly string[]): Promise<ReadonlySet<string>> {
    const cleared = await Promise.all(
      alertIds.map(async (alertId) => {
        const { state } = await loadState(this.store, alertCodec, alertDecider, alertStream(alertId));
        return state.status === 'cleared' && state.clearReason !== null ? [alertId] : [];
      }),
    );
    return new Set(cleared.flat());
  }

  private async recordInOrder(chain: readonly FoundInMessage[]): Promise<void> {
    for (const found of chain) {
      await this.runFor(found, commandOf(found));
      if (found.finding.outcome.type === 'raise') await this.clearIfRetired(found);
    }
  }

  /**
   * The rule may have been retired while the reading was evaluated. Whoever ended it has cleared the alerts there
   * were, so this one is ours to clear: we look after it is recorded, so that one of us sees the other.
   */
  private async clearIfRetired(found: FoundInMessage): Promise<void> {
    const { rule, reading } = found.finding;
    const { state, events } = await loadState(this.store, ruleCodec, ruleDecider, ruleStream(rule.ruleId));
    if (state.status !== 'retired') return;
    const retired = events.findLast(({ type }) => type === wireNameOf(ruleRetiredV1));
    const cause = retired && { correlationId: retired.metadata.correlationId, causationId: retired.eventId };
    await this.runFor(found, { type: 'ClearByPerson', reason: RULE_RETIRED, now: instantOf(reading.ts) }, cause);
  }

  /** The message is the cause, where nothing else is. */
  private async runFor(found: FoundInMessage, command: AlertCommand, cause: Cause = causeIn(found)): Promise<void> {
    const { finding: { rule, outcome, reading }, message: { areaCode, traceparent } } = found;
    await this.commands.runFor(alertCodec, alertDecider, alertStream(outcome.alertId), command, {
      actor: { type: 'system', id: `rule:${rule.ruleId}` },
      time: instantOf(reading.ts),
      ...cause,
      areaCode,
      ...(traceparent === undefined ? {} : { traceparent }),
    });
  }
}

function causeIn({ message: { correlationId, messageId } }: FoundInMessage): Cause {
  return { correlationId, causationId: messageId };
}

function commandOf(found: FoundInMessage): AlertCommand {
  const { outcome, reading } = found.finding;
  const at = instantOf(reading.ts);
  switch (outcome.type) {
    case 'raise':
      return { type: 'RaiseAlert', alert: raisedAlert(found, outcome.alertId, outcome.since) };
    case 'recur':
      return { type: 'RecurAlert', occurrences: outcome.occurrences, at, ...wornBy(found), reading };
    case 'clear':
      return { type: 'ClearAlert', clearedAt: at, occurrences: outcome.occurrences, ...wornBy(found), reading };
  }
}

function raisedAlert(found: FoundInMessage, alertId: string, since: number): AlertRaised['data'] {
  const { finding, message, device } = found;
  const { rule, reading } = finding;
  return {
    alertId,
    ruleId: rule.ruleId,
    ruleRevision: rule.revision,
    title: rule.definition.name,
    deviceId: message.deviceId,
    ...wornBy(found),
    deviceName: device?.name ?? message.deviceId,
    areaCode: message.areaCode,
    location: device?.location ?? null,
    severity: rule.definition.severity,
    conditionSince: instantOf(since),
    raisedAt: instantOf(reading.ts),
    reading,
    openCase: rule.definition.openCase,
  };
}

/** Whoever wore the device when it measured: the message knows, our copy of the device may lag. */
function wornBy({ message: { wearerId } }: FoundInMessage): { readonly wearerId?: string } {
  return wearerId ? { wearerId } : {};
}

function instantOf(ts: number): string {
  return new Date(ts).toISOString();
}
