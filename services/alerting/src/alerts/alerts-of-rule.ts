import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type AlertView } from '@brain/contracts';
import { EVENT_STORE, settledHead, START_POSITION, type EventStore } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { alertCodec } from './alert-codec.js';
import { alertListProjection } from './alert-list.projection.js';
import { AlertList } from './alert-list.query.js';

/** Then the message is delivered again later. */
const PATIENCE_MS = 5_000;

type AlertOfRule = Pick<AlertView, 'alertId' | 'areaCode'>;

/** Alerts a rule has raised and that may still be active: the read table, and what it does not have yet. */
@Injectable()
export class AlertsOfRule {
  constructor(
    private readonly database: Database,
    private readonly list: AlertList,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async active(ruleId: string): Promise<readonly AlertOfRule[]> {
    // The position before the rows: what comes in between is then seen twice, never not at all.
    const after = await this.listedUpTo();
    const listed = await this.list.activeOfRule(ruleId);
    const recent: AlertOfRule[] = [];
    const until = await this.recordedUpTo();
    for await (const stored of this.store.readAll({ after, until, types: [alertCodec.wireName('AlertRaised')] })) {
      const event = alertCodec.decode(stored);
      if (event.type === 'AlertRaised' && event.data.ruleId === ruleId) recent.push(event.data);
    }
    return [...listed, ...recent];
  }

  /** With the alerts that we have just raised ourselves, which an older open append may still hide from readers. */
  private async recordedUpTo(): Promise<string> {
    const head = await settledHead(this.store, PATIENCE_MS);
    if (head === undefined) throw new DomainError('EVENT_STORE_UNAVAILABLE', 'An older append has not ended yet, try again');
    return head;
  }

  private async listedUpTo(): Promise<string> {
    const [row] = await this.database.query<{ position: string }>('SELECT position FROM projection_position WHERE name = $1', [
      alertListProjection.name,
    ]);
    return row?.position ?? START_POSITION;
  }
}
