import { Injectable } from '@nestjs/common';
import type { RuleView } from '@brain/contracts';
import { Database, decodeCursor, listQuery, page, type Page } from '@brain/service-kit';
import { z } from 'zod';

/** Retired rules are left out unless asked for. */
export const ruleListQuery = listQuery.extend({ state: z.enum(['active', 'suspended', 'retired']).optional() });
export type RuleListQuery = z.infer<typeof ruleListQuery>;

const within = (code: string, scope: string) =>
  `(${code} = ${scope} OR (starts_with(${code}, ${scope}) AND (length(${scope}) < 15 OR substr(${code}, length(${scope}) + 1, 1) = '-')))`;

/** `$5` is the reader's areas, null for everywhere: as `RuleAccess.requireMayRead` says of one rule. */
const MAY_READ = `($5::text[] IS NULL
  OR NOT view->'scope' ?| ARRAY['areaCode', 'deviceIds']
  OR EXISTS (SELECT FROM unnest($5::text[]) AS own (code)
             WHERE ${within("(view->'scope'->>'areaCode')", 'own.code')} OR ${within('own.code', "(view->'scope'->>'areaCode')")})
  OR EXISTS (SELECT FROM device_copy JOIN unnest($5::text[]) AS own (code) ON ${within('device_copy.area_code', 'own.code')}
             WHERE view->'scope'->'deviceIds' ? device_id::text))`;

/** Rules, newest first, that may concern the reader's areas. */
@Injectable()
export class RuleList {
  constructor(private readonly database: Database) {}

  async find({ state, limit, cursor }: RuleListQuery, areas: readonly string[] | 'all'): Promise<Page<RuleView>> {
    const states = state === undefined ? ['active', 'suspended'] : [state];
    const [definedAt, ruleId] = decodeCursor(cursor, 2) ?? [null, null];
    const rows = await this.database.query<{ view: RuleView }>(
      `SELECT view FROM rule_list
       WHERE state = ANY($1) AND ${MAY_READ} AND ($2::text IS NULL OR (defined_at, rule_id) < ($2::text, $3::uuid))
       ORDER BY defined_at DESC, rule_id DESC LIMIT $4`,
      [states, definedAt, ruleId, limit + 1, areas === 'all' ? null : areas],
    );
    return page(rows.map(({ view }) => view), limit, (view) => [view.definedAt, view.ruleId]);
  }
}
