import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { coversArea } from '@brain/auth';
import { DomainError, type EventMetadata } from '@brain/contracts';
import { EVENT_STORE, StreamConflict, type EventStore, type StreamAppend } from '@brain/event-store';
import type { RequestContext } from '@brain/service-kit';
import { areaCodec } from '../area.codec.js';
import { AreaRegister } from '../area-register.js';
import type { AreaEvent } from '../domain/area.events.js';
import { areaStream } from '../domain/area.stream.js';
import type { ReadFile, Refusal } from './import-item.js';
import { planImport, type ImportPlan } from './import-plan.js';

/** Areas stored in one transaction. Larger files are stored piece by piece; a repeat finishes what a crash left. */
const AREAS_PER_APPEND = 500;
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
      const plan = planImport(file.items, this.register, { now: request.now, mayWrite });
      const refused = [...file.refused, ...plan.refused];
      if (atomic && refused.length > 0) return { imported: 0, unchanged: plan.unchanged, refused };
      const before = stored.size;
      try {
        await this.storeChanges(plan, request, atomic, stored);
        return { imported: plan.imported + before, unchanged: plan.unchanged - before, refused };
      } catch (error) {
        if (!(error instanceof StreamConflict)) throw error;
        if (attempt === MAX_ATTEMPTS) throw new DomainError('STREAM_BUSY', 'The areas kept changing, try again');
      }
    }
  }

  private async storeChanges(plan: ImportPlan, request: RequestContext, atomic: boolean, stored: Set<string>): Promise<void> {
    const appends = [...plan.changes].map(([code, events]) => this.appendOf(code, events, request));
    const piece = atomic ? Math.max(appends.length, 1) : AREAS_PER_APPEND;
    for (let from = 0; from < appends.length; from += piece) {
      const group = appends.slice(from, from + piece);
      const { events } = await this.store.append(group.map(({ append }) => append));
      this.register.apply(events);
      for (const { code } of group) stored.add(code);
    }
  }

  private appendOf(code: string, events: readonly AreaEvent[], request: RequestContext): { code: string; append: StreamAppend } {
    const { revision } = this.register.get(code);
    const metadata: EventMetadata = {
      source: 'grid-registry',
      actor: { type: 'user', id: request.actor.id },
      time: request.now,
      correlationId: request.correlationId,
      causationId: request.causationId,
      areaCode: code,
    };
    const append: StreamAppend = {
      streamId: areaStream(code),
      expectedRevision: revision < 0 ? 'none' : revision,
      events: events.map((event) => ({ eventId: uuidv7(), ...areaCodec.encode(event), metadata })),
    };
    return { code, append };
  }
}
