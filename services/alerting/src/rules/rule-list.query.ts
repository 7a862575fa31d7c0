import { Injectable } from '@nestjs/common';
import type { RuleView } from '@brain/contracts';
import { Database, decodeCursor, listQuery, page, type Page } from '@brain/service-kit';
import { z } from 'zod';

/** Retired rules are left out unless asked for. */
export const ruleListQuery = listQuery.extend({ state: z.enum(['active', 'suspended', 'retired']).optional() });
export type RuleListQuery = z.infer<typeof ruleListQuery>;

/** Rules, newest first. */
@Injectable()
export class RuleList {
  constructor(private readonly database: Database) {}

  async find({ state, limit, cursor }: RuleListQuery): Promise<Page<RuleView>> {
    const states = state === undefined ? ['active', 'suspended'] : [state];
    const [definedAt, ruleId] = decodeCursor(cursor, 2) ?? [null, null];
    const rows = await this.database.query<{ view: RuleView }>(
      `SELECT view FROM rule_list
       WHERE state = ANY($1) AND ($2::text IS NULL OR (defined_at, rule_id) < ($2::text, $3::uuid))
       ORDER BY defined_at DESC, rule_id DESC LIMIT $4`,
      [states, definedAt, ruleId, limit + 1],
    );
    return page(rows.map(({ view }) => view), limit, (view) => [view.definedAt, view.ruleId]);
  }
}
