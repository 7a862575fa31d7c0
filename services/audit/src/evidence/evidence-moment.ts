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

  /** undefined: not within the patience, or nobody waits any more. */
  async now(patienceMs: number, gone: AbortSignal): Promise<EvidenceMoment | undefined> {
    const head = await this.store.headPosition();
    const until = performance.now() + patienceMs;
    while (!gone.aborted && performance.now() < until) {
      const moment = await this.reached(head);
      if (moment !== undefined) return moment;
      await aborted(gone, LOOK_MS);
    }
    return undefined;
  }

  private async reached(head: string): Promise<EvidenceMoment | undefined> {
    const decided = await this.ledger.head();
    if (decided.position < head || (await this.projected()) < head) return undefined;
    const published = await this.folder.checkpoint();
    if (published === undefined) return undefined;
    const note = await this.witnessed.withCosignatures(published);
    const { size: treeSize } = parseCheckpoint(parseNote(note).text);
    return treeSize < decided.size ? undefined : { note, treeSize };
  }

  private async projected(): Promise<string> {
    const [row] = await this.database.query<{ position: string }>('SELECT position FROM projection_position WHERE name = $1', [auditEventProjection.name]);
    return row?.position ?? '';
  }
}
