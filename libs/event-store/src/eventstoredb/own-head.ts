import { BACKWARDS, END } from '@eventstore/db-client';
import { START_POSITION } from '../event-store.port.js';
import { AllSubscription } from './all-subscription.js';
import { later } from './all-position.js';
import { recordPosition, storedEventOf } from './event-record.js';
import type { StoreConnection } from './store-connection.js';
import { faultOf, unavailable } from './store-fault.js';

/** Ours are found among these, unless others have written since. */
const NEWEST = 20;
const LOOK = 500;
const LOOK_WITHIN_MS = 30_000;

/** The end of `$all`, including events of other applications. */
interface End {
  readonly position: string;
  /** Position of the newest event of ours among the last few; undefined: none of those is ours. */
  readonly own: string | undefined;
  readonly isWhole: boolean;
}

/**
 * Where the newest event of ours is. On a server that others use it may lie far behind the end: then it is looked for
 * forwards from the newest that is known, the server leaving out the others, and what was looked at once is not looked
 * at again, also when the search broke off.
 */
export class OwnHead {
  private known = START_POSITION;
  private searched = START_POSITION;
  private searching: Promise<string> | undefined;

  constructor(
    private readonly connection: StoreConnection,
    private readonly sources: readonly string[] | undefined,
  ) {}

  /** An event of ours was seen. */
  note(position: string): void {
    this.known = later(this.known, position);
  }

  /** At least as far as the newest event of ours that is stored now, in one read. */
  async end(): Promise<string> {
    const { own, position } = await this.readEnd();
    return own ?? position;
  }

  async position(): Promise<string> {
    const end = await this.readEnd();
    if (end.own !== undefined || end.isWhole) return end.own ?? START_POSITION;
    this.searching ??= this.search(end.position).finally(() => (this.searching = undefined));
    await this.searching;
    // It may have begun before our question.
    return this.searched >= end.position ? this.known : this.position();
  }

  private async readEnd(): Promise<End> {
    const page = await this.connection.page((client) =>
      client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: NEWEST, requiresLeader: true }),
    );
    const [newest] = page;
    const own = page.map(storedEventOf).find((event) => event !== undefined)?.position;
    if (own !== undefined) this.note(own);
    return { own, position: newest === undefined ? START_POSITION : recordPosition(newest), isWhole: page.length < NEWEST };
  }

  private async search(end: string): Promise<string> {
    const after = later(this.searched, this.known);
    const subscription = new AllSubscription(this.connection.client, { after, head: end, sources: this.sources });
    try {
      while (this.searched < end) {
        const look = await subscription.next(LOOK, AbortSignal.timeout(LOOK_WITHIN_MS));
        if (look === undefined) throw unavailable(`nothing more of $all within ${String(LOOK_WITHIN_MS)} ms`);
        const newest = look.events.at(-1);
        if (newest !== undefined) this.note(newest.position);
        this.searched = look.position;
      }
      return this.known;
    } catch (error) {
      throw faultOf(error);
    } finally {
      subscription.close();
    }
  }
}
