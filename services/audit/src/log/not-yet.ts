import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { DomainError } from '@brain/contracts';
import { Clock } from '@brain/service-kit';
import { nextCheckpoint } from './domain/next-checkpoint.js';
import { LogFolder } from './log-folder.js';
import { LOG_SETTINGS, type LogSettings } from './log-settings.js';

/** A table takes in some thousand events a second. */
const SEARCH_RETRY_S = 5;

/** Tells whoever asks for a proof too early when it will be there. */
@Injectable()
export class NotYet {
  constructor(
    private readonly folder: LogFolder,
    private readonly clock: Clock,
    @Inject(LOG_SETTINGS) private readonly settings: LogSettings,
  ) {}

  /** The refusal, with `Retry-After` on the answer. */
  async of(what: string, response: Response, storedAt: string = this.clock.now()): Promise<DomainError> {
    const writtenAt = await this.folder.checkpointWrittenAt();
    const { dueAt, inSeconds, isLate } = nextCheckpoint({ now: this.clock.millis(), writtenAt, everyMs: this.settings.checkpointMs, storedAt: Date.parse(storedAt) });
    response.setHeader('Retry-After', String(inSeconds));
    const when = isLate ? 'but the log is late: /readyz says how it is' : `which is due at ${dueAt}`;
    return new DomainError('PROOF_NOT_YET', `${what} stored and will be in the next checkpoint, ${when}`);
  }

  /** The table that is searched lags behind the record; nobody knows until when. */
  inSearch(response: Response): DomainError {
    response.setHeader('Retry-After', String(SEARCH_RETRY_S));
    return new DomainError('EVIDENCE_NOT_YET', 'The newest events are stored but cannot be searched yet, and a package now would leave them out');
  }
}
