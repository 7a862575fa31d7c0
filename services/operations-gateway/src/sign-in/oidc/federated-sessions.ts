import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock, Database } from '@brain/service-kit';
import type { GatewayConfig } from '../../config.js';
import { CONFIG } from '../../config-token.js';
import { Seal } from '../seal.js';

const sealedTokens = z.object({ refreshToken: z.string().optional(), idToken: z.string().optional() });
export type ProviderTokens = z.infer<typeof sealedTokens>;

/** A sign-in by the provider that this door keeps alive. */
export interface FederatedSession {
  readonly sessionId: string;
  readonly accountId: string;
  readonly subject: string;
  readonly tokens: ProviderTokens;
  /** Milliseconds since the epoch. */
  readonly confirmedAt: number;
}

interface SessionRow {
  readonly session_id: string;
  readonly account_id: string;
  readonly subject: string;
  readonly sealed_tokens: string;
  readonly confirmed_at: Date;
}

/** The sessions table, and in memory which of them are open: every request asks. */
@Injectable()
export class FederatedSessions implements OnModuleInit {
  private readonly seal: Seal;
  private readonly keepMs: number;
  private open = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.seal = new Seal(config.GATEWAY_SIGNING_KEY_FILE, 'federated-session');
    this.keepMs = config.GATEWAY_SESSION_SECONDS * 1000;
  }

  async onModuleInit(): Promise<void> {
    await this.database.query('DELETE FROM federated_sessions WHERE expires_at < $1', [this.clock.now()]);
    const rows = await this.database.query<{ session_id: string }>('SELECT session_id FROM federated_sessions');
    this.open = new Set(rows.map(({ session_id }) => session_id));
  }

  isOpen(sessionId: string): boolean {
    return this.open.has(sessionId);
  }

  /** The secret is for the browser's cookie alone; only its hash stays here. */
  async begin(accountId: string, subject: string, tokens: ProviderTokens): Promise<{ readonly sessionId: string; readonly secret: string }> {
    const sessionId = randomUUID();
    const secret = randomBytes(32).toString('base64url');
    await this.database.query(
      `INSERT INTO federated_sessions (session_id, cookie_hash, account_id, subject, sealed_tokens, confirmed_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [sessionId, hashOf(secret), accountId, subject, await this.seal.close(tokens), this.clock.now(), this.expiry()],
    );
    this.open.add(sessionId);
    return { sessionId, secret };
  }

  /** Undefined: ended, left alone for too long, or never there. */
  async find(secret: string): Promise<FederatedSession | undefined> {
    const [row] = await this.database.query<SessionRow>(
      'SELECT * FROM federated_sessions WHERE cookie_hash = $1 AND expires_at > $2',
      [hashOf(secret), this.clock.now()],
    );
    if (row === undefined) return undefined;
    const tokens = sealedTokens.safeParse(await this.seal.open(row.sealed_tokens)).data ?? {};
    const { session_id: sessionId, account_id: accountId, subject, confirmed_at: confirmedAt } = row;
    return { sessionId, accountId, subject, tokens, confirmedAt: confirmedAt.getTime() };
  }

  /** The provider has confirmed the person again; what it did not renew stays. */
  async confirm({ sessionId, tokens }: FederatedSession, renewed: ProviderTokens): Promise<void> {
    await this.database.query(
      'UPDATE federated_sessions SET sealed_tokens = $2, confirmed_at = $3, expires_at = $4 WHERE session_id = $1',
      [
        sessionId,
        await this.seal.close({ refreshToken: renewed.refreshToken ?? tokens.refreshToken, idToken: renewed.idToken ?? tokens.idToken }),
        this.clock.now(),
        this.expiry(),
      ],
    );
  }

  /** Its tokens are void from now on. */
  async end(sessionId: string): Promise<void> {
    await this.database.query('DELETE FROM federated_sessions WHERE session_id = $1', [sessionId]);
    this.open.delete(sessionId);
  }

  private expiry(): string {
    return new Date(this.clock.millis() + this.keepMs).toISOString();
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
