import { Inject, Injectable } from '@nestjs/common';
import type { StoredEvent } from '@brain/contracts';
import { EVENT_STORE, loadState, type CommandContext, type EventStore } from '@brain/event-store';
import { Commands, type RequestContext } from '@brain/service-kit';
import { CASE_SETTINGS } from '../settings/case-settings.js';
import { caseCodec } from './case.codec.js';
import type { CaseCommand } from './domain/case.commands.js';
import { createCaseDecider, type CaseDecider } from './domain/case.decider.js';
import type { CaseRecord } from './domain/case.record.js';
import type { CaseSettings } from './domain/case.settings.js';
import { caseStream } from './domain/case.stream.js';
import { requirePresent } from './domain/case-transitions.js';

/** A case as its stream says it is now. */
export interface CurrentCase {
  readonly record: CaseRecord;
  readonly revision: number;
}

/** The cases on record: reads streams, decides, appends. */
@Injectable()
export class CaseLedger {
  private readonly decider: CaseDecider;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly commands: Commands,
    @Inject(CASE_SETTINGS) settings: CaseSettings,
  ) {
    this.decider = createCaseDecider(settings);
  }

  /** Refuses with CASE_UNKNOWN. */
  async load(caseId: string): Promise<CurrentCase & { readonly events: readonly StoredEvent[] }> {
    const { state, events } = await loadState(this.store, caseCodec, this.decider, caseStream(caseId));
    return { record: requirePresent(state), revision: events.length - 1, events };
  }

  /** In the name of a person. */
  async run(command: CaseCommand, request: RequestContext, areaCode: string): Promise<CurrentCase> {
    const stream = caseStream(command.caseId);
    const { state, revision } = await this.commands.run(caseCodec, this.decider, stream, command, request, { areaCode });
    return { record: requirePresent(state), revision };
  }

  /** In the name of a rule or timer. */
  async runFor(command: CaseCommand, context: Omit<CommandContext, 'source'>): Promise<CurrentCase> {
    const stream = caseStream(command.caseId);
    const { state, revision } = await this.commands.runFor(caseCodec, this.decider, stream, command, context);
    return { record: requirePresent(state), revision };
  }
}
