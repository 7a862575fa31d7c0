import { Injectable } from '@nestjs/common';
import { EVERYWHERE } from '@brain/auth';
import { Database } from '@brain/service-kit';
import type { RecordedOutcome } from '../evaluations/domain/case-outcome.js';
import { outcomeCodec } from './outcome-events.codec.js';

interface Row {
  readonly case_id: string;
  readonly event_id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EvidenceBounds {
  readonly areaCodes: readonly string[];
  readonly position: string;
  readonly asOf: string;
}

@Injectable()
export class Evidence {
  constructor(private readonly database: Database) {}

  /** One history per case of the areas, oldest event first: what was on record at `asOf`, as far as `position`. */
  async histories({ areaCodes, position, asOf }: EvidenceBounds): Promise<RecordedOutcome[][]> {
    const areas = areaCodes.includes(EVERYWHERE) ? null : areaCodes;
    const rows = await this.database.query<Row>(HISTORIES, [areas, position, asOf]);
    const histories = new Map<string, RecordedOutcome[]>();
    for (const { case_id: caseId, event_id: eventId, ...stored } of rows) {
      const outcome = { eventId, event: outcomeCodec.decode(stored) };
      const history = histories.get(caseId);
      if (history === undefined) histories.set(caseId, [outcome]);
      else history.push(outcome);
    }
    return [...histories.values()];
  }

  async names(): Promise<Readonly<Record<string, string>>> {
    const rows = await this.database.query<{ staff_id: string; name: string }>('SELECT staff_id, name FROM staff_names');
    return Object.fromEntries(rows.map(({ staff_id: id, name }) => [id, name]));
  }
}

/** Areas nest by prefix, below a grid up to a `-`. */
const HISTORIES = `
  SELECT case_id, event_id, type, data FROM case_events
  WHERE position <= $2 AND recorded_at <= $3
    AND ($1::text[] IS NULL OR case_id IN (
      SELECT report.case_id FROM case_events AS report, unnest($1::text[]) AS scope (code)
      WHERE report.area_code = scope.code
         OR starts_with(report.area_code, scope.code || CASE WHEN length(scope.code) < 15 THEN '' ELSE '-' END)))
  ORDER BY case_id, revision`;
