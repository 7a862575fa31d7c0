import type { Projection } from '@brain/event-store';
import { evaluationSummary } from './evaluation-view.js';
import { evaluationCodec } from './evaluation.codec.js';

export const evaluationListProjection: Projection = {
  name: 'evaluation-list',
  tables: ['evaluation_list'],
  types: evaluationCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const { data } = evaluationCodec.decode(stored);
    const summary = evaluationSummary({ data, by: stored.metadata.actor.id, at: stored.metadata.time });
    await sql.query(
      `INSERT INTO evaluation_list (evaluation_id, computed_at, computed_by, area_codes, evaluation)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (evaluation_id) DO NOTHING`,
      [summary.evaluationId, summary.computedAt, summary.computedBy, summary.areaCodes, JSON.stringify(summary)],
    );
  },
};
