import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '@brain/event-store';
import { aborted, Database, SEALED_EVENT_STORE } from '@brain/service-kit';
import { parseCheckpoint, parseNote } from '@brain/verifiable-log';
import { LogFolder } from '../log/log-folder.js';
import { LogLedger } from '../log/log-ledger.js';
import { Witnessed } from '../witnesses/witnessed.js';
import { auditEventProjection } from '../events/audit-event.projection.js';

const LOOK_MS = 50;

/** The checkpoint a package is proven against. */
export interface EvidenceMoment {
  /** Signed, verbatim. */
  readonly note: string;
  readonly treeSize: number;
  /** Everything stored up to here is in the tree and in the search. */
  readonly position: string;
}

/** What did not have all of it when the patience was over. */
export interface EvidenceLacking {
  readonly lacking: 'search' | 'checkpoint';
}

/** The first checkpoint that has all that is stored when it is asked for, and that the search has too. */
@Injectable()
export class EvidenceMoments {
  constructor(
    @Inject(SEALED_EVENT_STORE) private readonly store: EventStore,
    private readonly database: Database,
    private readonly ledger: LogLedger,
    private readonly folder: LogFolder,
    private readonly witnessed: Witnessed,
  ) {}

  /** undefined: nobody waits any more. */
  async now(patienceMs: number, gone: AbortSignal): Promise<EvidenceMoment | EvidenceLacking | undefined> {
    // Not the stable head: what an older open append still hides from readers is on record all the same.
    const position = await this.store.newestPosition();
    const until = performance.now() + patienceMs;
    while (!gone.aborted) {
      const seen = await this.look(position);
      if (!('lacking' in seen) || performance.now() >= until) return seen;
      await aborted(gone, LOOK_MS);
    }
    return undefined;
  }

  private async look(position: string): Promise<EvidenceMoment | EvidenceLacking> {
    const decided = await this.ledger.head();
    const published = await this.folder.checkpoint();
    if (decided.position < position || published === undefined) return { lacking: 'checkpoint' };
    const note = await this.witnessed.withCosignatures(published);
    const { size: treeSize } = parseCheckpoint(parseNote(note).text);
    if (treeSize < decided.size) return { lacking: 'checkpoint' };
    return (await this.projected()) < position ? { lacking: 'search' } : { note, treeSize, position };
  }

  private async projected(): Promise<string> {
    const [row] = await this.database.query<{ position: string }>('SELECT position FROM projection_position WHERE name = $1', [auditEventProjection.name]);
    return row?.position ?? '';
  }
}
