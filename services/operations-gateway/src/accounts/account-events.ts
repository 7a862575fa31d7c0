import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Logger } from 'pino';
import {
  accountCreatedV1,
  accountDisabledV1,
  accountEnabledV1,
  accountErasedV1,
  accountPasswordSetV1,
  accountRightsChangedV1,
  signedOutV2,
  type ActorRef,
} from '@brain/contracts';
import { createEventCodec, EVENT_STORE, type EventStore, type NewEvent } from '@brain/event-store';
import { aborted, BackgroundTask, Database, LOGGER, type RequestContext } from '@brain/service-kit';

const LOOK_MS = 10_000;
const codec = createEventCodec([accountCreatedV1, accountDisabledV1, accountEnabledV1, accountErasedV1, accountPasswordSetV1, accountRightsChangedV1, signedOutV2]);
export type AccountEvent = Parameters<typeof codec.encode>[0];

/** Who changed an account, when and from where, and which revision of it they had seen. */
export interface ChangedBy {
  readonly actor: ActorRef;
  readonly time: string;
  readonly correlationId: string;
  readonly address: string | null;
  readonly expectedRevision?: number | undefined;
}

export function changedBy({ actor, now, correlationId, address, expectedRevision }: RequestContext): ChangedBy {
  return { actor: { type: 'user', id: actor.id }, time: now, correlationId, address, expectedRevision };
}

interface Waiting {
  readonly sequence: string;
  readonly event: NewEvent;
  readonly stream_id: string | null;
}

/**
 * Accounts are a table, not a fold of events, and yet every change is on the record: its event is written in the same
 * transaction and goes to the store right after, again and again until it is there.
 */
@Injectable()
export class AccountEvents implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: BackgroundTask;
  private delivery: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.task = new BackgroundTask('account-events', logger, async (signal) => {
      while (!signal.aborted) {
        await this.deliver();
        await aborted(signal, LOOK_MS);
      }
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Part of the change's transaction. */
  async write(client: PoolClient, event: AccountEvent, { actor, time, correlationId }: ChangedBy): Promise<void> {
    const metadata = { source: 'operations-gateway', actor, time, correlationId, causationId: correlationId };
    const stored: NewEvent = { eventId: randomUUID(), ...codec.encode(event), metadata };
    // What people do with a sign-in is a fact about the work, not about the account.
    const streamId = event.type === 'SignedOut' ? `duty-${stored.eventId}` : `account-${event.data.accountId}`;
    await client.query('INSERT INTO account_events (event, stream_id) VALUES ($1, $2)', [JSON.stringify(stored), streamId]);
  }

  /** Settles when everything written is durable in the store. One at a time, so that they keep their order. */
  deliver(): Promise<void> {
    this.delivery = this.delivery.catch(() => undefined).then(() => this.deliverAll());
    return this.delivery;
  }

  private async deliverAll(): Promise<void> {
    const waiting = await this.database.query<Waiting & Record<string, unknown>>('SELECT sequence, event, stream_id FROM account_events ORDER BY sequence');
    for (const { sequence, event, stream_id: streamId } of waiting) {
      // A crash before the row is gone repeats the event under its id, which changes nothing.
      await this.store.append([{ streamId: streamId ?? `account-${String(event.data.accountId)}`, expectedRevision: 'any', events: [event] }]);
      await this.database.query('DELETE FROM account_events WHERE sequence = $1', [sequence]);
    }
  }
}
