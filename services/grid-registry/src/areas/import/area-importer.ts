import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { coversArea } from '@brain/auth';
import { DomainError, type EventMetadata } from '@brain/contracts';
import { appendBytes, EVENT_STORE, StreamConflict, type EventStore, type StreamAppend } from '@brain/event-store';
import type { RequestContext } from '@brain/service-kit';
import { areaCodec } from '../area.codec.js';
import { AreaRegister } from '../area-register.js';
import type { AreaEvent } from '../domain/area.events.js';
import { areaStream } from '../domain/area.stream.js';
import type { ReadFile, Refusal } from './import-item.js';
import { planImport, type ImportPlan } from './import-plan.js';

/** Areas on their way to the store at once. Each is an append of its own; a repeat finishes what a crash left. */
const APPENDS_AT_ONCE = 100;
const MAX_ATTEMPTS = 3;

export interface ImportResult {
  readonly imported: number;
  readonly unchanged: number;
  readonly refused: readonly Refusal[];
}

/** Imports one file at a time: an import decides over many areas at once. */
@Injectable()
export class AreaImporter {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly register: AreaRegister,
  ) {}

  run(file: ReadFile, request: RequestContext, atomic: boolean): Promise<ImportResult> {
    const mine = this.turn.then(() => this.importNow(file, request, atomic));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async importNow(file: ReadFile, request: RequestContext, atomic: boolean): Promise<ImportResult> {
    const stored = new Set<string>();
    for (let attempt = 1; ; attempt += 1) {
      await this.register.catchUp();
      const mayWrite = (code: string) => coversArea(request.actor, code);
      const bytesOf = (code: string, events: readonly AreaEvent[]) => appendBytes(this.appendOf(code, events, request).events);
      const plan = planImport(file.items, this.register, { now: request.now, mayWrite, bytesOf });
      const refused = [...file.refused, ...plan.refused];
      if (atomic && refused.length > 0) return { imported: stored.size, unchanged: plan.unchanged, refused };
      const before = stored.size;
      try {
        if (atomic && this.store.appendsToSeveralStreams) await this.storeTogether(plan, request, stored);
        else await this.storeChanges(plan, request, stored);
        return { imported: plan.imported + before, unchanged: plan.unchanged - before, refused };
      } catch (error) {
        if (!(error instanceof StreamConflict)) throw error;
        if (attempt === MAX_ATTEMPTS) throw new DomainError('STREAM_BUSY', 'The areas kept changing, try again');
      }
    }
  }

  /** In one transaction. */
  private async storeTogether({ changes }: ImportPlan, request: RequestContext, stored: Set<string>): Promise<void> {
    if (changes.size === 0) return;
    const { events } = await this.store.append([...changes].map(([code, news]) => this.appendOf(code, news, request)));
    this.register.apply(events);
    for (const code of changes.keys()) stored.add(code);
  }

  private async storeChanges(plan: ImportPlan, request: RequestContext, stored: Set<string>): Promise<void> {
    for (const changes of piecesOf(plan.changes)) {
      const outcomes = await Promise.allSettled(
        changes.map(async ([code, events]) => {
          const result = await this.store.append([this.appendOf(code, events, request)]);
          this.register.apply(result.events);
          stored.add(code);
        }),
      );
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }
  }

  private appendOf(code: string, events: readonly AreaEvent[], request: RequestContext): StreamAppend {
    const { revision } = this.register.get(code);
    const metadata: EventMetadata = {
      source: 'grid-registry',
      actor: { type: 'user', id: request.actor.id },
      time: request.now,
      correlationId: request.correlationId,
      causationId: request.causationId,
      areaCode: code,
      ...(request.address === null ? {} : { address: request.address }),
    };
    return {
      streamId: areaStream(code),
      expectedRevision: revision < 0 ? 'none' : revision,
      events: events.map((event) => ({ eventId: uuidv7(), ...areaCodec.encode(event), metadata })),
    };
  }
}

type AreaChange = readonly [code: string, events: readonly AreaEvent[]];

/** Parents are stored before their children; areas of one level in any order. */
function piecesOf(changes: ImportPlan['changes']): AreaChange[][] {
  const byLevel = [...changes].sort(([a], [b]) => a.length - b.length);
  const pieces: AreaChange[][] = [];
  for (const change of byLevel) {
    const last = pieces.at(-1);
    if (last === undefined || last.length === APPENDS_AT_ONCE || last[0]?.[0].length !== change[0].length) pieces.push([change]);
    else last.push(change);
  }
  return pieces;
}
