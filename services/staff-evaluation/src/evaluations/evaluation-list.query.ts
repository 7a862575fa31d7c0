import { Injectable } from '@nestjs/common';
import { EVERYWHERE, type Actor } from '@brain/auth';
import { Database, decodeCursor, page, type Page } from '@brain/service-kit';
import type { EvaluationSummary } from './evaluation-view.js';

@Injectable()
export class EvaluationList {
  constructor(private readonly database: Database) {}

  /** Newest first: the results whose areas all lie within the person's. */
  async find(query: { limit: number; cursor?: string | undefined }, actor: Actor): Promise<Page<EvaluationSummary>> {
    const [computedAt = null, id = null] = decodeCursor(query.cursor, 2) ?? [];
    const areas = actor.areaCodes.includes(EVERYWHERE) ? null : actor.areaCodes;
    const rows = await this.database.query<{ evaluation: EvaluationSummary }>(FIND, [areas, computedAt, id, query.limit + 1]);
    const summaries = rows.map(({ evaluation }) => evaluation);
    return page(summaries, query.limit, (one) => [one.computedAt, one.evaluationId]);
  }
}

const FIND = `
  SELECT evaluation FROM evaluation_list
  WHERE ($1::text[] IS NULL OR NOT EXISTS (
      SELECT 1 FROM unnest(area_codes) AS area (code)
      WHERE NOT EXISTS (
        SELECT 1 FROM unnest($1::text[]) AS scope (code)
        WHERE area.code = scope.code
           OR starts_with(area.code, scope.code || CASE WHEN length(scope.code) < 15 THEN '' ELSE '-' END))))
    AND ($2::timestamptz IS NULL OR (computed_at, evaluation_id) < ($2, $3::uuid))
  ORDER BY computed_at DESC, evaluation_id DESC
  LIMIT $4`;
