import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Logger } from 'pino';
import { TokenRefused } from '@brain/auth';
import type { SignedOut, SignInMethod } from '@brain/contracts';
import { Clock, Database, LOGGER, newCorrelationId } from '@brain/service-kit';
import { AccountEvents, type ChangedBy } from '../../accounts/account-events.js';
import type { GatewayConfig } from '../../config.js';
import { CONFIG } from '../../config-token.js';
import { begin, isOver, renew, tokenSeconds, type SessionLimits } from './domain/session-times.js';
import { toSession, type Session, type SessionRow } from './session-row.js';
import type { Visitor } from './visitor.js';

/** When a request or a connection last came with it, milliseconds since the epoch; after a restart its last renewal. */
export type SeenSession = Session & { readonly seenAt: number };

/** A program that signs in for every request would else fill the table; no person has so many. */
const MOST_OF_ACCOUNT = 100;

type SignedOutBy = SignedOut['data']['by'];

/** The sessions table, and in memory which of them go on: every request asks. */
@Injectable()
export class Sessions implements OnModuleInit {
  private readonly limits: SessionLimits;
  private readonly open = new Map<string, SeenSession>();
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.limits = { idleMs: config.GATEWAY_SESSION_SECONDS * 1000, longestMs: config.GATEWAY_SESSION_MAX_SECONDS * 1000 };
  }

  async onModuleInit(): Promise<void> {
    await this.removeExpired();
    for (const row of await this.database.query<SessionRow>('SELECT * FROM sessions')) this.remember(toSession(row));
  }

  /** @throws DomainError TOKEN_REVOKED when the account was disabled meanwhile */
  async begin(sessionId: string, accountId: string, method: SignInMethod, visitor: Visitor): Promise<void> {
    await this.removeExpired();
    const session: Session = { sessionId, accountId, method, ...begin(this.clock.millis(), this.limits), ...visitor };
    // Before it is in the table: what ends all sessions of the account looks there and then here.
    this.remember(session);
    const { begunAt, renewedAt, expiresAt, endsAt, address, userAgent } = session;
    const times = [begunAt, renewedAt, expiresAt, endsAt].map((time) => new Date(time).toISOString());
    const rows = await this.database.query(
      `INSERT INTO sessions (session_id, account_id, method, begun_at, renewed_at, expires_at, ends_at, address, user_agent)
       SELECT $1::uuid, account_id, $3, $4::timestamptz, $5::timestamptz, $6::timestamptz, $7::timestamptz, $8, $9
       FROM accounts WHERE account_id = $2 AND NOT disabled FOR SHARE RETURNING session_id`,
      [sessionId, accountId, method, ...times, address, userAgent],
    );
    if (rows.length === 0) {
      this.open.delete(sessionId);
      throw ended(accountId);
    }
    await this.endSurplus(accountId, visitor);
  }

  /**
   * For a token in its name, which may live as long as the answer says, in seconds.
   * @throws DomainError TOKEN_REVOKED, TOKEN_EXPIRED when it has been renewed for the longest time
   */
  async renew(sessionId: string, accountId: string, wantedSeconds: number): Promise<number> {
    const now = this.clock.millis();
    const session = this.find(sessionId);
    if (session === undefined) throw ended(accountId);
    const seconds = tokenSeconds(session, wantedSeconds, now);
    if (seconds === 0) throw new TokenRefused('TOKEN_EXPIRED', 'This sign-in has been renewed for the longest time: sign in again', accountId);
    const renewed = { ...session, ...renew(session, now, this.limits), seenAt: now };
    const rows = await this.database.query('UPDATE sessions SET renewed_at = $2, expires_at = $3 WHERE session_id = $1 RETURNING session_id', [
      sessionId,
      new Date(renewed.renewedAt).toISOString(),
      new Date(renewed.expiresAt).toISOString(),
    ]);
    if (rows.length === 0 || !this.open.has(sessionId)) throw ended(accountId);
    this.open.set(sessionId, renewed);
    return seconds;
  }

  /** Undefined: it has ended, or never was. */
  find(sessionId: string): SeenSession | undefined {
    const session = this.open.get(sessionId);
    return session === undefined || isOver(session, this.clock.millis()) ? undefined : session;
  }

  saw(sessionId: string): void {
    const session = this.open.get(sessionId);
    if (session !== undefined) this.open.set(sessionId, { ...session, seenAt: this.clock.millis() });
  }

  of(accountId: string): readonly SeenSession[] {
    const now = this.clock.millis();
    return [...this.open.values()].filter((session) => session.accountId === accountId && !isOver(session, now));
  }

  /** Their tokens are void from now on. How many there were; each is on record in the same transaction. */
  async end(sessionIds: readonly string[], how: SignedOutBy, by: ChangedBy): Promise<number> {
    const gone = await this.database.transaction(async (client) => {
      const { rows } = await client.query<SessionRow>('DELETE FROM sessions WHERE session_id = ANY ($1) RETURNING *', [sessionIds]);
      for (const session of rows.map(toSession)) await this.note(client, session, how, by);
      return rows.length;
    });
    for (const id of sessionIds) this.open.delete(id);
    this.tellEnded();
    // A store that is away keeps nobody signed in: the events wait in the table.
    await this.events.deliver().catch((error: unknown) => this.logger.error({ err: error }, 'who signed out is not in the store yet'));
    return gone;
  }

  /** The table has none of them any more, and the record says why. */
  forget(accountId: string): void {
    for (const { sessionId } of this.of(accountId)) this.open.delete(sessionId);
    this.tellEnded();
  }

  /** Called whenever sessions have ended before their time: connections that live by one of them end too. */
  whenEnded(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Sessions that nobody renewed. */
  forgetExpired(): void {
    const now = this.clock.millis();
    for (const session of this.open.values()) if (isOver(session, now)) this.open.delete(session.sessionId);
  }

  /** Those that were used last stay. */
  private async endSurplus(accountId: string, { address }: Visitor): Promise<void> {
    const lastUsedFirst = [...this.of(accountId)].sort((one, other) => other.seenAt - one.seenAt || other.begunAt - one.begunAt);
    const surplus = lastUsedFirst.slice(MOST_OF_ACCOUNT).map(({ sessionId }) => sessionId);
    if (surplus.length === 0) return;
    const by = { actor: { type: 'user', id: accountId }, time: this.clock.now(), correlationId: newCorrelationId(), address } as const;
    await this.end(surplus, 'newer-sign-in', by);
  }

  private remember(session: Session): void {
    this.open.set(session.sessionId, { ...session, seenAt: session.renewedAt });
  }

  private tellEnded(): void {
    for (const listener of this.listeners) listener();
  }

  private async note(client: PoolClient, { sessionId, accountId, method }: Session, by: SignedOutBy, change: ChangedBy): Promise<void> {
    await this.events.write(client, { type: 'SignedOut', data: { accountId, sessionId, method, by, address: change.address } }, change);
  }

  private async removeExpired(): Promise<void> {
    await this.database.query('DELETE FROM sessions WHERE expires_at <= $1', [this.clock.now()]);
  }
}

function ended(accountId: string): TokenRefused {
  return new TokenRefused('TOKEN_REVOKED', 'This sign-in was ended', accountId);
}
