import { Injectable } from '@nestjs/common';
import type { StoredEvent } from '@brain/contracts';
import { Database, type Past } from '@brain/service-kit';
import { CaseLedger, type CurrentCase } from './case-ledger.js';
import { caseUnknown } from './domain/case-transitions.js';

/** One case as it was, with its course up to then. */
@Injectable()
export class PastCases {
  constructor(
    private readonly database: Database,
    private readonly ledger: CaseLedger,
  ) {}

  /** The state is that of the list, so that both say the same. Refuses with CASE_UNKNOWN. */
  async load(caseId: string, past: Past): Promise<CurrentCase & { readonly events: readonly StoredEvent[] }> {
    const [then] = await this.database.query<CurrentCase>('SELECT record, revision FROM case_list WHERE case_id = $1', [caseId]);
    if (then === undefined) throw caseUnknown();
    const { events } = await this.ledger.load(caseId);
    return { ...then, events: events.filter((event) => hadCome(event, past)) };
  }
}

function hadCome({ recordedAt, metadata }: StoredEvent, { at, as }: Past): boolean {
  return (as === 'recorded' ? recordedAt : metadata.time) <= at;
}
