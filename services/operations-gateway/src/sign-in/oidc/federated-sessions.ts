import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock, Database } from '@brain/service-kit';
import type { GatewayConfig } from '../../config.js';
import { CONFIG } from '../../config-token.js';
import { Seal } from '../seal.js';
import { Sessions } from '../sessions/sessions.js';
import type { Visitor } from '../sessions/visitor.js';

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
  readonly subject: string;
  readonly sealed_tokens: string;
  readonly confirmed_at: Date;
}

/** What the provider gave for a session, which is among the others. */
@Injectable()
export class FederatedSessions {
  private readonly seal: Seal;

  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.seal = new Seal(config.GATEWAY_SIGNING_KEY_FILE, 'federated-session');
  }

  /** The secret is for the browser's cookie alone; only its hash stays here. */
  async begin(accountId: string, subject: string, tokens: ProviderTokens, visitor: Visitor): Promise<{ readonly sessionId: string; readonly secret: string }> {
    const sessionId = randomUUID();
    const secret = randomBytes(32).toString('base64url');
    await this.sessions.begin(sessionId, accountId, 'identity-provider', visitor);
    await this.database.query(
      'INSERT INTO federated_sessions (session_id, cookie_hash, subject, sealed_tokens, confirmed_at) VALUES ($1, $2, $3, $4, $5)',
      [sessionId, hashOf(secret), subject, await this.seal.close(tokens), this.clock.now()],
    );
    return { sessionId, secret };
  }

  /** Undefined: ended, left alone for too long, or never there. */
  async find(secret: string): Promise<FederatedSession | undefined> {
    const [row] = await this.database.query<SessionRow>('SELECT * FROM federated_sessions WHERE cookie_hash = $1', [hashOf(secret)]);
    const session = row === undefined ? undefined : this.sessions.find(row.session_id);
    if (row === undefined || session === undefined) return undefined;
    const tokens = sealedTokens.safeParse(await this.seal.open(row.sealed_tokens)).data ?? {};
    const { sessionId, accountId } = session;
    const { subject, confirmed_at: confirmedAt } = row;
    return { sessionId, accountId, subject, tokens, confirmedAt: confirmedAt.getTime() };
  }

  /** The provider has confirmed the person again; what it did not renew stays. */
  async confirm({ sessionId, tokens }: FederatedSession, renewed: ProviderTokens): Promise<void> {
    await this.database.query(
      'UPDATE federated_sessions SET sealed_tokens = $2, confirmed_at = $3 WHERE session_id = $1',
      [
        sessionId,
        await this.seal.close({ refreshToken: renewed.refreshToken ?? tokens.refreshToken, idToken: renewed.idToken ?? tokens.idToken }),
        this.clock.now(),
      ],
    );
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
