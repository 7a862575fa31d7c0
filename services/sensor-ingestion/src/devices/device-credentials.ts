import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@brain/service-kit';
import { BrokerTokens } from '../broker/broker-tokens.js';

/** In the same statement: what an external broker must be told, if there is one. */
const tellingBroker = (sealed: string) => `, told AS (
  INSERT INTO broker_client (device_id, rotation, sealed_token)
  SELECT device_id, rotation, ${sealed}::bytea FROM made WHERE ${sealed}::bytea IS NOT NULL
  ON CONFLICT (device_id) DO UPDATE SET rotation = excluded.rotation, sealed_token = excluded.sealed_token
) SELECT device_id FROM made`;

/** Access tokens of devices. They are shown once, when they are made; only their hash is kept. */
@Injectable()
export class DeviceCredentials {
  constructor(
    private readonly database: Database,
    private readonly forBroker: BrokerTokens,
  ) {}

  /** A first token. null when the device has one: it cannot be shown again. */
  async issue(deviceId: string): Promise<string | null> {
    const token = newToken();
    const rows = await this.database.query(
      `WITH made AS (
         INSERT INTO device_credential (device_id, token_hash) VALUES ($1, $2)
         ON CONFLICT (device_id) DO NOTHING RETURNING device_id, rotation
       ) ${tellingBroker('$3')}`,
      [deviceId, tokenHash(token), this.forBroker.sealed(token)],
    );
    return rows.length === 0 ? null : token;
  }

  /** A new token for this rotation; the old one is void from now on. null when it, or a later one, is done already. */
  async replace(deviceId: string, rotation: number): Promise<string | null> {
    const token = newToken();
    const rows = await this.database.query(
      `WITH made AS (
         INSERT INTO device_credential AS kept (device_id, token_hash, rotation) VALUES ($1, $2, $3)
         ON CONFLICT (device_id) DO UPDATE SET token_hash = excluded.token_hash, rotation = excluded.rotation
         WHERE kept.rotation < excluded.rotation RETURNING device_id, rotation
       ) ${tellingBroker('$4')}`,
      [deviceId, tokenHash(token), rotation, this.forBroker.sealed(token)],
    );
    return rows.length === 0 ? null : token;
  }

  /** Whose token is it? */
  async deviceOf(token: string): Promise<string | undefined> {
    const rows = await this.database.query<{ device_id: string }>('SELECT device_id FROM device_credential WHERE token_hash = $1', [tokenHash(token)]);
    return rows[0]?.device_id;
  }
}

/** 256 random bits need no slow hash: there is nothing to guess. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}
