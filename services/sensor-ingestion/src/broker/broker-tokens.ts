import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@brain/service-kit';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import type { RegisteredDevice } from './dynsec-commands.js';
import { TokenSeal } from './sealed-token.js';

export interface WaitingClient {
  readonly deviceId: string;
  readonly rotation: number;
  readonly isRetired: boolean;
  readonly token: string | undefined;
}

const MOST_AT_ONCE = 50;

/** What an external broker must still be told of devices and their tokens. */
@Injectable()
export class BrokerTokens {
  private readonly seal: TokenSeal | undefined;

  constructor(
    private readonly database: Database,
    @Inject(INGESTION_SETTINGS) { INGESTION_BROKER_ADMIN_PASSWORD: secret }: Pick<IngestionSettings, 'INGESTION_BROKER_ADMIN_PASSWORD'>,
  ) {
    if (secret !== undefined) this.seal = new TokenSeal(secret);
  }

  /** For the statement that keeps a new token; null: there is no broker to tell. */
  sealed(token: string): Buffer | null {
    return this.seal?.seal(token) ?? null;
  }

  async waiting(): Promise<readonly WaitingClient[]> {
    const rows = await this.database.query<{ deviceId: string; rotation: number; isRetired: boolean; sealed: Buffer | null }>(
      `SELECT device_id AS "deviceId", rotation, COALESCE(state = 'retired', false) AS "isRetired", sealed_token AS sealed
       FROM broker_client LEFT JOIN device_list USING (device_id)
       WHERE sealed_token IS NOT NULL OR state = 'retired' ORDER BY device_id LIMIT $1`,
      [MOST_AT_ONCE],
    );
    return rows.map(({ sealed, ...row }) => ({ ...row, token: sealed === null ? undefined : this.seal?.open(sealed) }));
  }

  /** The broker has it. A token that was made in the meantime goes on waiting. */
  async told({ deviceId, rotation, isRetired }: WaitingClient): Promise<void> {
    const statement = isRetired
      ? 'DELETE FROM broker_client WHERE device_id = $1 AND rotation = $2'
      : 'UPDATE broker_client SET sealed_token = NULL WHERE device_id = $1 AND rotation = $2';
    await this.database.query(statement, [deviceId, rotation]);
  }

  /** Devices that may sign in. */
  registered(): Promise<RegisteredDevice[]> {
    return this.database.query<RegisteredDevice & { [column: string]: unknown }>(
      `SELECT device_id AS "deviceId", credential.rotation, sealed_token IS NOT NULL AS "isWaiting"
       FROM device_credential AS credential LEFT JOIN device_list USING (device_id) LEFT JOIN broker_client USING (device_id)
       WHERE state IS DISTINCT FROM 'retired'`,
    );
  }
}
