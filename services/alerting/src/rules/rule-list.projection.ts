import type { RuleView } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { ruleCodec } from './rule-codec.js';
import { ruleViewAfter } from './rule-view.js';

export const ruleListProjection: Projection = {
  name: 'rule-list',
  tables: ['rule_list'],
  types: ruleCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const event = ruleCodec.decode(stored);
    const { rows } = await sql.query<{ view: RuleView }>('SELECT view FROM rule_list WHERE rule_id = $1', [event.data.ruleId]);
    const view = ruleViewAfter(rows[0]?.view, event, stored);
    if (view === undefined) return;
    await sql.query(
      `INSERT INTO rule_list (rule_id, name, state, defined_at, view) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (rule_id) DO UPDATE SET name = excluded.name, state = excluded.state, view = excluded.view`,
      [view.ruleId, view.name, view.state, view.definedAt, JSON.stringify(view)],
    );
  },
};
