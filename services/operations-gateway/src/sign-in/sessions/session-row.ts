import type { SignInMethod } from '@brain/contracts';
import type { SessionTimes } from './domain/session-times.js';
import type { Visitor } from './visitor.js';

/** A sign-in that goes on. */
export interface Session extends SessionTimes, Visitor {
  readonly sessionId: string;
  readonly accountId: string;
  readonly method: SignInMethod;
}

export interface SessionRow {
  readonly session_id: string;
  readonly account_id: string;
  readonly method: Session['method'];
  readonly begun_at: Date;
  readonly renewed_at: Date;
  readonly expires_at: Date;
  readonly ends_at: Date;
  readonly address: string | null;
  readonly user_agent: string | null;
}

export function toSession(row: SessionRow): Session {
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    method: row.method,
    begunAt: row.begun_at.getTime(),
    renewedAt: row.renewed_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    endsAt: row.ends_at.getTime(),
    address: row.address,
    userAgent: row.user_agent,
  };
}
