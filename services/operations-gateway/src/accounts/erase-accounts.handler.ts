import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { ERASED, staffErasedV1, TOPICS, type StoredEvent } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import type { DeliveredRecord } from '@brain/message-bus';
import { Clock, Database, eventOf } from '@brain/service-kit';
import { SessionTokens } from '../sign-in/session-tokens.js';
import { AccountEvents } from './account-events.js';
import { hashPassword } from './passwords/password-hash.js';

const codec = createEventCodec([staffErasedV1]);

/** An erased person cannot sign in any more, and the account says nothing about them. Its id stays: events name it. */
@Controller()
export class EraseAccounts {
  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
    private readonly sessions: SessionTokens,
    private readonly clock: Clock,
  ) {}

  @EventPattern(TOPICS.gridEvents, { group: 'erase-accounts', batch: 200 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    for (const event of records.map(eventOf).filter(({ type }) => codec.handles(type))) await this.erase(codec.decode(event).data.staffId, event);
    await this.events.deliver();
  }

  private async erase(staffId: string, { metadata }: StoredEvent): Promise<void> {
    const nobodysPassword = await hashPassword(randomUUID());
    const erased = await this.database.transaction(async (client) => {
      await client.query('DELETE FROM sessions WHERE account_id IN (SELECT account_id FROM accounts WHERE staff_id = $1)', [staffId]);
      const { rows } = await client.query<{ account_id: string }>(
        `UPDATE accounts SET name = $2, username = 'erased-' || account_id, disabled = true, valid_from = $3, revision = revision + 1,
           password_hash = CASE WHEN issuer IS NULL THEN $4 END, subject = CASE WHEN issuer IS NOT NULL THEN 'erased-' || account_id END
         WHERE staff_id = $1 AND name <> $2 RETURNING account_id`,
        [staffId, ERASED, this.clock.now(), nobodysPassword],
      );
      const by = { actor: { type: 'system', id: 'erasure' }, time: this.clock.now(), correlationId: metadata.correlationId, address: null } as const;
      for (const { account_id: accountId } of rows) await this.events.write(client, { type: 'AccountErased', data: { accountId, staffId } }, by);
      return rows;
    });
    for (const { account_id: accountId } of erased) this.sessions.voidBefore(accountId, Infinity);
  }
}
