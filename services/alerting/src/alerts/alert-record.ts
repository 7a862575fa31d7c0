import { Inject, Injectable } from '@nestjs/common';
import { DomainError, historyEntry, type AlertView, type HistoryEntry } from '@brain/contracts';
import { EVENT_STORE, type EventStore } from '@brain/event-store';
import type { Past } from '@brain/service-kit';
import { alertCodec } from './alert-codec.js';
import { AlertList } from './alert-list.query.js';
import { alertViewAfter } from './alert-view.js';
import { alertStream } from './domain/alert.stream.js';

export interface AlertWithHistory {
  readonly alert: AlertView;
  readonly history: readonly HistoryEntry[];
}

/** One alert from its own stream: what was just decided is already in it. */
@Injectable()
export class AlertRecord {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly list: AlertList,
  ) {}

  /** @throws DomainError ALERT_UNKNOWN */
  async read(alertId: string): Promise<AlertWithHistory> {
    let alert: AlertView | undefined;
    const history: HistoryEntry[] = [];
    for await (const stored of this.store.readStream(alertStream(alertId))) {
      alert = alertViewAfter(alert, alertCodec.decode(stored), stored);
      history.push(historyEntry(stored));
    }
    if (alert === undefined) throw alertUnknown();
    return { alert, history };
  }

  /** As it was, with its course up to then. The state is that of the list, so that both say the same. Refuses with ALERT_UNKNOWN. */
  async readPast(alertId: string, { at, as }: Past): Promise<AlertWithHistory> {
    const alert = await this.list.one(alertId);
    if (alert === undefined) throw alertUnknown();
    const { history } = await this.read(alertId);
    return { alert, history: history.filter(({ time, recordedAt }) => (as === 'recorded' ? recordedAt : time) <= at) };
  }
}

/** Also the answer to whoever may not see it: word by word the same. */
export function alertUnknown(): DomainError {
  return new DomainError('ALERT_UNKNOWN', 'There is no such alert');
}
