import { Injectable } from '@nestjs/common';
import { Database } from '@brain/service-kit';

/** What the record says people are called: staff by the register, accounts by the member of staff they speak for. */
@Injectable()
export class PeopleNames {
  constructor(private readonly database: Database) {}

  /** Of those among `ids` that have one. */
  async of(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ id: string; name: string }>(
      `WITH account AS (
         SELECT DISTINCT ON (stream_id) data ->> 'accountId' AS id, data ->> 'staffId' AS staff_id FROM audit_event
         WHERE type IN ('operations-gateway.account-created.v1', 'operations-gateway.account-rights-changed.v1') AND data ->> 'accountId' = ANY ($1)
         ORDER BY stream_id, position DESC
       ), asked AS (
         SELECT id, staff_id FROM account WHERE staff_id IS NOT NULL UNION SELECT id, id FROM unnest($1::text[]) AS id
       )
       SELECT DISTINCT ON (asked.id) asked.id, data ->> 'name' AS name FROM asked JOIN audit_event ON stream_id = 'staff-' || asked.staff_id
       WHERE type IN ('grid-registry.staff-registered.v1', 'grid-registry.staff-changed.v1') AND data ? 'name'
       ORDER BY asked.id, position DESC`,
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
